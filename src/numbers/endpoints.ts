// PhoneNumber (for sale) and Number (rented).

import { holdDefaultApplication } from '../applications/store.ts';
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { Changed, changed, noContent } from '../http/schemas.ts';
import { searchInventory } from '../telecom/inventory.ts';
import { listTakenFictitious } from './held-store.ts';
import { newNumber } from './number.ts';
import { readOwnNumbers } from './own-numbers.ts';
import {
  addOwnNumbers,
  holdStart,
  readNewNumber,
  readNumber,
  rentNumber,
  unrentNumbers,
} from './rent-numbers.ts';
import { countNumbers, getShownNumber, listNumbers, lockNumber } from './store.ts';
import { readApplicationId, readSubaccountId, updateNumber } from './update-number.ts';
import {
  AddNumbersInput,
  filtersFromWire,
  inventoryNumberToWire,
  ListNumbersInput,
  NumberBody,
  NumberPath,
  numberToWire,
  PhoneNumberListBody,
  RentedBody,
  RentInput,
  SearchInput,
  searchAnswer,
  servicesFromWire,
  UpdateNumberInput,
} from './wire.ts';

export const searchPhoneNumbersEndpoint = defineEndpoint({
  summary: 'Search numbers for sale',
  description:
    "The simulator's inventory: 555-0100 to 555-0199 of every US and Canadian area code and toll-free code.",
  input: SearchInput,
  answers: { 200: PhoneNumberListBody },
  async handle({ db, scope, input, now }, { settings }: { settings: Settings }) {
    const page = pageOf(input);
    const path = `/v1/Account/${scope.accountId}/PhoneNumber/`;
    if (!settings.sellsInventory) return searchAnswer(pageAnswer(path, page, input, 0, []), 0);
    const country = input.country_iso.toUpperCase();
    const pattern = input.pattern?.replace('+', '');
    const taken = await listTakenFictitious(db, scope, holdStart(now, settings));
    const { total, numbers } = searchInventory(
      {
        countryIso2: country,
        type: input.type,
        pattern,
        region: input.region,
        city: input.city,
        lata: input.lata,
        rateCenter: input.rate_center,
        npaNxx: input.npanxx,
        localCallingArea: input.local_calling_area,
        services: servicesFromWire(input.services),
        ...page,
      },
      (number) => taken.has(number),
    );
    const objects = numbers.map((number) => inventoryNumberToWire(scope.accountId, number));
    return searchAnswer(pageAnswer(path, page, input, total, objects), objects.length);
  },
});

export const rentPhoneNumberEndpoint = defineEndpoint({
  summary: 'Rent a number',
  path: NumberPath,
  input: RentInput,
  answers: { 201: RentedBody },
  async handle({ db, scope, path, input, now }, { settings }: { settings: Settings }) {
    const number = readNewNumber(path.number);
    await db.transaction(async (tx) => {
      const applicationId =
        input.app_id === undefined ? undefined : await readApplicationId(tx, scope, input.app_id);
      const outcome = await rentNumber(tx, scope, { number, applicationId, now, settings });
      if (outcome === 'already_rented') throw new ApiError('conflict', 'number is already rented');
      if (outcome === 'not_for_sale') throw new ApiError('notFound', 'number is not for sale');
    });
    const numbers = [{ number: number.number, status: 'Success' }];
    return { status: 201, body: { message: 'created', numbers, status: 'fulfilled' } };
  },
});

export const listNumbersEndpoint = defineEndpoint({
  summary: 'List rented numbers',
  input: ListNumbersInput,
  answers: { 200: listSchema(NumberBody) },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const path = `/v1/Account/${scope.accountId}/Number/`;
    const filters = filtersFromWire(input);
    if (filters === undefined) return pageAnswer(path, page, input, 0, []);
    const [numbers, count] = await Promise.all([
      listNumbers(db, scope, filters, page),
      countNumbers(db, scope, filters),
    ]);
    const objects = numbers.map((number) => numberToWire(scope.accountId, number));
    return pageAnswer(path, page, input, count, objects);
  },
});

export const addNumbersEndpoint = defineEndpoint({
  summary: 'Add own numbers',
  description: 'Takes in numbers of carriers of your own: all of them, or none.',
  input: AddNumbersInput,
  answers: { 202: Changed },
  async handle({ db, scope, input, now }, { settings }: { settings: Settings }) {
    const numbers = readOwnNumbers(input.numbers, scope.defaultCountry);
    await db.transaction(async (tx) => {
      const ownership = {
        accountId: scope.mainId,
        subaccountId: await readSubaccountId(tx, scope, input.subaccount),
        applicationId:
          input.app_id === undefined
            ? await holdDefaultApplication(tx, scope.mainId)
            : await readApplicationId(tx, scope, input.app_id),
        alias: input.alias ?? '',
        carrier: input.carrier,
        region: input.region,
      };
      const wanted = numbers.map((number) => newNumber(number, ownership, now));
      const [refused] = await addOwnNumbers(tx, scope, wanted, now, settings);
      if (refused !== undefined) throw new ApiError('conflict', `number ${refused.number} ${refused.reason}`);
    });
    return changed;
  },
});

export const getNumberEndpoint = defineEndpoint({
  summary: 'Retrieve a rented number',
  path: NumberPath,
  answers: { 200: NumberBody },
  async handle({ db, scope, path }) {
    const number = await getShownNumber(db, scope, readNumber(path.number).number);
    if (number === undefined) throw new ApiError('notFound', 'number not found');
    return { status: 200, body: numberToWire(scope.accountId, number) };
  },
});

export const updateNumberEndpoint = defineEndpoint({
  summary: 'Update a rented number',
  path: NumberPath,
  input: UpdateNumberInput,
  answers: { 202: Changed },
  async handle({ db, scope, path, input }) {
    await updateNumber(db, scope, readNumber(path.number).number, {
      applicationId: input.app_id,
      subaccountId: input.subaccount,
      alias: input.alias,
      tollfreeVerification: input.toll_free_sms_verification,
    });
    return changed;
  },
});

export const unrentNumberEndpoint = defineEndpoint({
  summary: 'Unrent a number',
  description:
    'The number leaves its powerpack, and is held for the account for some days before anyone may rent it.',
  path: NumberPath,
  answers: { 204: null },
  async handle({ db, scope, path, now }) {
    const { number: digits } = readNumber(path.number);
    await db.transaction(async (tx) => {
      const number = await lockNumber(tx, scope, digits);
      if (number === undefined) throw new ApiError('notFound', 'number not found');
      await unrentNumbers(tx, [digits], now);
    });
    return noContent;
  },
});
