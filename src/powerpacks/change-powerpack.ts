// Creates and updates powerpacks.
import { holdApplication } from '../applications/store.ts';
import { ApiError } from '../base/errors.ts';
import { violatedConstraint } from '../db/constraint.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { widenOptOuts } from './opt-outs/opt-out-store.ts';
import { applyChange, defaultNumberPriority, type Powerpack, type PowerpackChange } from './powerpack.ts';
import { requireLockedPowerpack } from './require-powerpack.ts';
import { forgetStickySenders } from './sticky/sticky-store.ts';
import { insertPowerpack, savePowerpack } from './store.ts';

/** The identifiers of a powerpack and its pool: new ones, or those that they have elsewhere. */
export type PowerpackIds = Pick<Powerpack, 'uuid' | 'poolUuid'>;

/**
 * Stores a new powerpack with its empty pool.
 * @throws ApiError conflict when the name or an identifier is taken, invalid when the application does not fit.
 */
export async function createPowerpack(
  db: Db,
  scope: Scope,
  name: string,
  change: PowerpackChange,
  ids: PowerpackIds,
  createdAt: Date,
): Promise<Powerpack> {
  const blank: Powerpack = {
    ...ids,
    accountId: scope.accountId,
    name,
    stickySender: true,
    localConnect: true,
    application: null,
    numberPriority: defaultNumberPriority,
    alphanumericFirst: true,
    smartEncoding: false,
    optOutScope: 'powerpack',
    warmUp: [],
    quietHours: null,
    messagePriority: 'transactional',
    deletionProtection: false,
    createdAt,
  };
  return translated(() =>
    db.transaction(async (tx) => {
      const powerpack = applyChange(blank, change);
      await checkApplication(tx, scope, change.application);
      await insertPowerpack(tx, powerpack);
      return powerpack;
    }),
  );
}

/**
 * Changes the settings that are given and nothing else. Turning sticky sender off deletes the powerpack's sticky senders. A wider
 * opt-out scope holds for the opt-outs that are there already; a narrower one holds for later ones alone.
 * @throws ApiError notFound, conflict when the name is taken, invalid when the application does not fit.
 */
export async function updatePowerpack(
  db: Db,
  scope: Scope,
  uuid: string,
  change: PowerpackChange,
): Promise<Powerpack> {
  return translated(() =>
    db.transaction(async (tx) => {
      const present = await requireLockedPowerpack(tx, scope, uuid);
      const powerpack = applyChange(present, change);
      await checkApplication(tx, scope, change.application);
      savePowerpack(tx, powerpack);
      if (present.optOutScope !== powerpack.optOutScope) {
        await widenOptOuts(tx, { uuid: powerpack.uuid, scope: powerpack.optOutScope });
      }
      if (present.stickySender && !powerpack.stickySender) await forgetStickySenders(tx, powerpack.poolUuid);
      return powerpack;
    }),
  );
}

/**
 * Checks that the application of a powerpack is there, and of the given type, and locks it against deletion until the transaction ends.
 * @throws ApiError invalid
 */
async function checkApplication(
  tx: Transaction,
  scope: Scope,
  application: PowerpackChange['application'],
): Promise<void> {
  if (application === undefined || application === null) return;
  const { appId, applicationType } = application;
  if ((await holdApplication(tx, scope, appId)) !== applicationType) throw wrongApplication();
}

const wrongApplication = () => new ApiError('invalid', 'application not found or of another type');

/** Runs a change. The constraints of the database decide which of two in a race has a name or an identifier. */
async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const violated = violatedConstraint(error);
    if (violated === 'powerpacks_name') throw nameTaken();
    if (violated === 'powerpacks_pkey' || violated === 'powerpacks_pool_uuid_key') {
      throw new ApiError('conflict', 'uuid or number pool is in use by another or a deleted powerpack');
    }
    throw error;
  }
}

/** Returns the error for a name that another powerpack of the account has. */
export const nameTaken = () => new ApiError('conflict', 'powerpack name already in use');
