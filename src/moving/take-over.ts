// Makes the resources of an account as they are elsewhere, ids included: each that can be made, with the reason for each that cannot.

import { createAccount } from '../accounts/create-account.ts';
import { getAccount } from '../accounts/store.ts';
import { type ApplicationRequest, createApplication } from '../applications/change-application.ts';
import { getApplication } from '../applications/store.ts';
import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import { insideTransaction } from '../db/nested-db.ts';
import type { Scope } from '../http/endpoint.ts';
import { type NumberType, newNumber } from '../numbers/number.ts';
import { addOwnNumbers, readNewNumber } from '../numbers/rent-numbers.ts';
import { lockNumber } from '../numbers/store.ts';
import { readApplicationId, readSubaccountId } from '../numbers/update-number.ts';
import { createPowerpack, type PowerpackIds } from '../powerpacks/change-powerpack.ts';
import { addNumber, addShortcode } from '../powerpacks/pool/change-pool.ts';
import { findMember } from '../powerpacks/pool/pool-store.ts';
import { requirePool } from '../powerpacks/pool/require-pool.ts';
import type { PowerpackChange } from '../powerpacks/powerpack.ts';
import { getPowerpack } from '../powerpacks/store.ts';
import type { Service } from '../telecom/service.ts';
import type { Kind } from './resource.ts';

interface SubaccountCopy {
  readonly authId: string;
  readonly authToken: string | undefined;
  readonly name: string;
  readonly enabled: boolean;
}

interface NumberCopy {
  /** As it is written. */
  readonly number: string;
  readonly alias: string;
  readonly appId: string | undefined;
  readonly subaccountId: string | undefined;
  readonly carrier: string;
  readonly region: string | undefined;
  readonly numberType: NumberType | undefined;
  readonly smsEnabled: boolean;
  readonly mmsEnabled: boolean;
  readonly addedAt: Date | undefined;
}

interface PowerpackCopy {
  readonly ids: PowerpackIds;
  readonly name: string;
  readonly change: PowerpackChange;
  readonly createdAt: Date | undefined;
}

interface MemberCopy {
  readonly poolUuid: string;
  readonly number: string;
  readonly service: Service;
}

interface ShortcodeCopy {
  readonly poolUuid: string;
  readonly shortcode: string;
  readonly countryIso2: string;
}

export interface AccountParts {
  readonly subaccounts: readonly SubaccountCopy[];
  readonly applications: readonly (ApplicationRequest & { readonly appId: string })[];
  readonly numbers: readonly NumberCopy[];
  readonly powerpacks: readonly PowerpackCopy[];
  readonly members: readonly MemberCopy[];
  readonly shortcodes: readonly ShortcodeCopy[];
}

/** Where resources are made, and with what. */
interface Making {
  readonly db: Db;
  readonly scope: Scope;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly newId: () => string;
  readonly now: Date;
  readonly settings: Settings;
}

/** The end of a resource; one that the account has already stays as it is. */
export interface Taken {
  readonly kind: Kind;
  readonly id: string;
  readonly outcome: 'made' | 'present' | 'refused';
  readonly reason: string | undefined;
}

/** Makes all resources that can be made. Each is made whole or not at all. Inside a transaction all of them are a part of it. */
export async function takeOver(parts: AccountParts, making: Making): Promise<Taken[]> {
  const taken: Taken[] = [];
  const takeAll = async <Copy>(
    kind: Kind,
    copies: readonly Copy[],
    idOf: (copy: Copy) => string,
    make: (copy: Copy, making: Making) => Promise<'made' | 'present'>,
  ) => {
    for (const copy of copies)
      taken.push({ kind, id: idOf(copy), ...(await outcomeOf(() => make(copy, making))) });
  };
  await takeAll('subaccount', parts.subaccounts, ({ authId }) => authId, makeSubaccount);
  await takeAll('application', parts.applications, ({ appId }) => appId, makeApplication);
  await takeAll('number', parts.numbers, ({ number }) => number, makeNumber);
  await takeAll('powerpack', parts.powerpacks, ({ ids }) => ids.uuid, makePowerpack);
  await takeAll('member', parts.members, ({ number }) => number, makeMember);
  await takeAll('shortcode', parts.shortcodes, ({ shortcode }) => shortcode, makeShortcode);
  return taken;
}

async function outcomeOf(
  make: () => Promise<'made' | 'present'>,
): Promise<Pick<Taken, 'outcome' | 'reason'>> {
  try {
    return { outcome: await make(), reason: undefined };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { outcome: 'refused', reason: error.message };
  }
}

async function makeSubaccount({ name, enabled, ...given }: SubaccountCopy, making: Making) {
  const { mainId, subaccountId } = making.scope;
  if (subaccountId !== undefined) throw new ApiError('invalid', 'a subaccount has no subaccounts');
  const present = await getAccount(making.db, given.authId);
  if (present?.mainId === mainId) return 'present';
  const { authId, authToken } = given;
  await createAccount(
    making,
    { mainId, name, enabled },
    authToken === undefined ? { authId } : { authId, authToken },
  );
  return 'made';
}

async function makeApplication(request: AccountParts['applications'][number], making: Making) {
  const { db, scope } = making;
  if ((await getApplication(db, scope, request.appId)) !== undefined) return 'present';
  await createApplication(db, scope, request, making);
  return 'made';
}

async function makeNumber(copy: NumberCopy, { db, scope, now, settings }: Making) {
  const phoneNumber = readNewNumber(copy.number);
  return db.transaction(async (tx) => {
    if ((await lockNumber(tx, scope, phoneNumber.number)) !== undefined) return 'present';
    const ownership = {
      accountId: scope.mainId,
      subaccountId: await readSubaccountId(tx, scope, copy.subaccountId),
      applicationId: copy.appId === undefined ? null : await readApplicationId(tx, scope, copy.appId),
      alias: copy.alias,
      carrier: copy.carrier,
      ...(copy.region === undefined ? {} : { region: copy.region }),
    };
    const standard = newNumber(phoneNumber, ownership, copy.addedAt ?? now);
    const number = {
      ...standard,
      numberType: copy.numberType ?? standard.numberType,
      smsEnabled: copy.smsEnabled,
      mmsEnabled: copy.mmsEnabled,
    };
    const [refused] = await addOwnNumbers(tx, scope, [number], now, settings);
    if (refused !== undefined) throw new ApiError('conflict', `number ${refused.reason}`);
    return 'made';
  });
}

async function makePowerpack({ ids, name, change, createdAt }: PowerpackCopy, { db, scope, now }: Making) {
  const present = await getPowerpack(db, scope.accountId, ids.uuid);
  if (present?.poolUuid === ids.poolUuid) return 'present';
  await createPowerpack(db, scope, name, change, ids, createdAt ?? now);
  return 'made';
}

/** The kinds of number that a pool takes. */
const numberKinds = ['longcode', 'tollfree'] as const;

async function makeMember({ poolUuid: given, number: written, service }: MemberCopy, making: Making) {
  const { db, scope, now, settings } = making;
  const poolUuid = await requirePool(db, scope, given);
  const number = readNewNumber(written);
  const key = { poolUuid, sender: number.number, kinds: numberKinds };
  if ((await findMember(db, key, undefined)) !== undefined) return 'present';
  await addNumber(db, scope, {
    poolUuid,
    number,
    kinds: numberKinds,
    service,
    limits: {},
    rent: false,
    now,
    settings,
  });
  return 'made';
}

async function makeShortcode({ poolUuid: given, shortcode, countryIso2 }: ShortcodeCopy, making: Making) {
  const { db, scope, now } = making;
  const poolUuid = await requirePool(db, scope, given);
  const key = { poolUuid, sender: shortcode, kinds: ['shortcode'] as const, countryIso2 };
  if ((await findMember(db, key, undefined)) !== undefined) return 'present';
  await addShortcode(db, scope, { poolUuid, shortcode, countryIso2, limits: {}, now });
  return 'made';
}

/** Returns what `takeOver` would do, by doing and undoing it. What resources say of others is left out: those may not be there yet. */
export async function tryToTakeOver(parts: AccountParts, making: Making): Promise<readonly Taken[]> {
  try {
    return await making.db.transaction(async (tx) => {
      const inside = { ...making, db: insideTransaction(tx, making.db) };
      throw new Undone(await takeOver(withoutReferences(parts), inside));
    });
  } catch (error) {
    if (error instanceof Undone) return error.taken;
    throw error;
  }
}

/** Rolls the transaction back; never seen outside this file. */
class Undone extends Error {
  readonly taken: readonly Taken[];

  constructor(taken: readonly Taken[]) {
    super('undone');
    this.taken = taken;
  }
}

function withoutReferences(parts: AccountParts): AccountParts {
  return {
    subaccounts: parts.subaccounts,
    applications: parts.applications.map((application) => ({
      ...application,
      settings: { ...application.settings, subaccountId: null },
    })),
    numbers: parts.numbers.map((number) => ({ ...number, appId: undefined, subaccountId: undefined })),
    powerpacks: parts.powerpacks.map((powerpack) => ({
      ...powerpack,
      change: { ...powerpack.change, application: null },
    })),
    members: [],
    shortcodes: [],
  };
}
