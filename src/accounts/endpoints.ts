// Account, Subaccount, Pricing, and token rotation.

import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { sortingOf } from '../http/order.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { Changed, changed, noContent } from '../http/schemas.ts';
import { callingCode, countryName, isCountry } from '../telecom/e164.ts';
import { createAccount, rotateToken } from './create-account.ts';
import { deleteSubaccount } from './delete-subaccount.ts';
import { requireMainAccount } from './scope.ts';
import {
  countSubaccounts,
  getAccount,
  getSubaccount,
  listSubaccounts,
  lockAccount,
  saveAccount,
} from './store.ts';
import {
  AccountBody,
  accountChangeFromWire,
  accountToWire,
  CreatedSubaccount,
  CreateSubaccountInput,
  DeleteSubaccountInput,
  defaultGraceSeconds,
  defaultPricingCountry,
  ListSubaccountsInput,
  PricingBody,
  PricingInput,
  pricingToWire,
  RotatedToken,
  RotateTokenInput,
  SubaccountBody,
  SubaccountPath,
  subaccountToWire,
  UpdateAccountInput,
  UpdateSubaccountInput,
} from './wire.ts';

export const getAccountEndpoint = defineEndpoint({
  summary: 'Retrieve the account',
  answers: { 200: AccountBody },
  async handle({ db, scope }) {
    const account = await getAccount(db, scope.accountId);
    if (account === undefined) throw new ApiError('notFound');
    return { status: 200, body: accountToWire(account) };
  },
});

export const updateAccountEndpoint = defineEndpoint({
  summary: 'Update the account',
  input: UpdateAccountInput,
  answers: { 202: Changed },
  async handle({ db, scope, input, now }) {
    await db.transaction(async (tx) => {
      const account = await lockAccount(tx, scope.accountId);
      if (account === undefined) throw new ApiError('notFound');
      await saveAccount(tx, { ...account, ...accountChangeFromWire(input, account), modifiedAt: now });
    });
    return changed;
  },
});

export const rotateTokenEndpoint = defineEndpoint({
  summary: 'Rotate the auth token',
  role: 'owner',
  description:
    'Makes a new auth token. The old one stays valid for `grace_seconds`, and signs callbacks beside the new one for so long (version 3; version 2 holds one signature).',
  extension: true,
  input: RotateTokenInput,
  answers: { 200: RotatedToken },
  async handle(
    { db, now, scope, input },
    { encrypter, randomBytes }: { encrypter: Encrypter; randomBytes: RandomBytes },
  ) {
    const graceSeconds = input.grace_seconds ?? defaultGraceSeconds;
    const credentials = await rotateToken({ db, encrypter, randomBytes, now }, scope.accountId, graceSeconds);
    return { status: 200, body: { auth_id: credentials.authId, auth_token: credentials.authToken } };
  },
});

export const createSubaccountEndpoint = defineEndpoint({
  summary: 'Create a subaccount',
  role: 'owner',
  input: CreateSubaccountInput,
  answers: { 201: CreatedSubaccount },
  async handle(
    { db, now, scope, input },
    { encrypter, randomBytes }: { encrypter: Encrypter; randomBytes: RandomBytes },
  ) {
    requireMainAccount(scope);
    const credentials = await createAccount(
      { db, encrypter, randomBytes, now },
      { mainId: scope.mainId, name: input.name, enabled: input.enabled ?? false },
    );
    const body = { auth_id: credentials.authId, auth_token: credentials.authToken, message: 'created' };
    return { status: 201, body };
  },
});

export const listSubaccountsEndpoint = defineEndpoint({
  summary: 'List subaccounts',
  role: 'owner',
  input: ListSubaccountsInput,
  answers: { 200: listSchema(SubaccountBody) },
  async handle({ db, scope, input }, { encrypter }: { encrypter: Encrypter }) {
    requireMainAccount(scope);
    const page = pageOf(input);
    const [subaccounts, count] = await Promise.all([
      listSubaccounts(db, scope.mainId, page, sortingOf(input)),
      countSubaccounts(db, scope.mainId),
    ]);
    const objects = subaccounts.map(({ account, encryptedToken }) =>
      subaccountToWire(account, encrypter.decrypt(encryptedToken)),
    );
    return pageAnswer(`/v1/Account/${scope.mainId}/Subaccount/`, page, input, count, objects);
  },
});

export const getSubaccountEndpoint = defineEndpoint({
  summary: 'Retrieve a subaccount',
  role: 'owner',
  path: SubaccountPath,
  answers: { 200: SubaccountBody },
  async handle({ db, scope, path }, { encrypter }: { encrypter: Encrypter }) {
    requireMainAccount(scope);
    const subaccount = await getSubaccount(db, scope.mainId, path.subaccount_id);
    if (subaccount === undefined) throw new ApiError('notFound', 'subaccount not found');
    return {
      status: 200,
      body: subaccountToWire(subaccount.account, encrypter.decrypt(subaccount.encryptedToken)),
    };
  },
});

export const updateSubaccountEndpoint = defineEndpoint({
  summary: 'Update a subaccount',
  role: 'owner',
  path: SubaccountPath,
  input: UpdateSubaccountInput,
  answers: { 202: Changed },
  async handle({ db, scope, path, input, now }) {
    requireMainAccount(scope);
    await db.transaction(async (tx) => {
      const account = await lockAccount(tx, path.subaccount_id);
      if (account?.mainId !== scope.mainId) throw new ApiError('notFound', 'subaccount not found');
      await saveAccount(tx, { ...account, ...input, modifiedAt: now });
    });
    return changed;
  },
});

export const deleteSubaccountEndpoint = defineEndpoint({
  summary: 'Delete a subaccount',
  role: 'owner',
  description:
    'Its numbers and applications return to the main account. While it owns powerpacks it is only deleted, together with them, when `cascade` is set.',
  path: SubaccountPath,
  input: DeleteSubaccountInput,
  answers: { 204: null },
  async handle({ db, scope, path, input }) {
    requireMainAccount(scope);
    await deleteSubaccount(db, scope.mainId, path.subaccount_id, input.cascade ?? false);
    return noContent;
  },
});

export const getPricingEndpoint = defineEndpoint({
  summary: 'Retrieve prices for a country',
  description: 'Nothing costs anything on a server of your own: every rate is zero.',
  input: PricingInput,
  answers: { 200: PricingBody },
  async handle({ input }) {
    const iso2 = (input.country_iso ?? defaultPricingCountry).toUpperCase();
    if (!isCountry(iso2)) throw new ApiError('invalid', 'country_iso must be the code of a country');
    const country = { iso2, name: countryName(iso2), callingCode: Number(callingCode(iso2)) };
    return { status: 200, body: pricingToWire(country) };
  },
});
