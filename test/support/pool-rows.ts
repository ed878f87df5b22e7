// Powerpacks with members, put into a database in one line.
import assert from 'node:assert/strict';
import type { Db } from '../../src/db/db.ts';
import { newNumber } from '../../src/numbers/number.ts';
import { insertNumbers } from '../../src/numbers/store.ts';
import { addMembers } from '../../src/powerpacks/pool/pool-store.ts';
import { defaultNumberPriority, memberTypeOf, type Powerpack } from '../../src/powerpacks/powerpack.ts';
import { insertPowerpack } from '../../src/powerpacks/store.ts';
import { parseE164 } from '../../src/telecom/e164.ts';
import { testStart } from './app.ts';

/** The account that owns what these functions make; it is made with the first powerpack. */
export const poolAccount = 'MAPOOLROWS0000000000';

/** Returns uuids that distinguish the powerpacks of a test: 1, 2, 3, … */
export const powerpackUuid = (index: number) => `0198a000-0000-7000-8000-${String(index).padStart(12, '0')}`;
/** Returns the uuids of their pools. */
export const poolUuidOf = (index: number) => `0198b000-0000-7000-8000-${String(index).padStart(12, '0')}`;

/** Makes a powerpack whose members are these numbers, and US short codes where they have five or six digits. All carry MMS. */
export async function insertPool(
  db: Db,
  index: number,
  senders: readonly string[],
  settings: Partial<Powerpack> = {},
): Promise<Powerpack> {
  const powerpack: Powerpack = {
    uuid: powerpackUuid(index),
    poolUuid: poolUuidOf(index),
    accountId: poolAccount,
    name: `pool ${index}`,
    stickySender: true,
    localConnect: true,
    alphanumericFirst: true,
    application: null,
    numberPriority: defaultNumberPriority,
    smartEncoding: false,
    optOutScope: 'powerpack',
    warmUp: [],
    quietHours: null,
    messagePriority: 'transactional',
    deletionProtection: false,
    createdAt: testStart,
    ...settings,
  };
  await db.query(
    'insert into accounts (auth_id, name, created_at) values ($1, $2, $3) on conflict do nothing',
    [poolAccount, 'pools', testStart],
  );
  await db.transaction((tx) => insertPowerpack(tx, powerpack));
  for (const sender of senders) await insertMember(db, powerpack.poolUuid, sender);
  return powerpack;
}

/** Makes an account with numbers that are in no pool. */
export async function insertOwnNumbers(db: Db, accountId: string, senders: readonly string[]): Promise<void> {
  const numbers = senders.map((sender) => parseE164(sender) ?? assert.fail());
  await db.query('insert into accounts (auth_id, name, created_at) values ($1, $2, $3)', [
    accountId,
    'numbers',
    testStart,
  ]);
  const owner = { accountId, subaccountId: null, applicationId: null, alias: '', carrier: '' };
  await db.transaction((tx) =>
    insertNumbers(
      tx,
      numbers.map((number) => newNumber(number, owner, testStart)),
    ),
  );
}

/** Adds a number to a pool, or a US short code where it has five or six digits. */
export async function insertMember(db: Db, poolUuid: string, sender: string): Promise<void> {
  await db.transaction(async (tx) => {
    const place = { poolUuid, sender, addedAt: testStart };
    if (sender.length < 7) {
      const shortcode = { ...place, kind: 'shortcode', memberType: 'shortcode', countryIso2: 'US' } as const;
      addMembers(tx, [shortcode], { service: 'sms', standard: 'sms' }, {});
      return;
    }
    const number = parseE164(sender);
    assert.ok(number);
    const owner = { accountId: poolAccount, subaccountId: null, applicationId: null, alias: '', carrier: '' };
    await insertNumbers(tx, [newNumber(number, owner, testStart)]);
    const { kind, numberType, countryIso2 } = number;
    addMembers(
      tx,
      [{ ...place, kind, memberType: memberTypeOf(numberType), countryIso2 }],
      { service: 'mms', standard: 'sms' },
      {},
    );
  });
}
