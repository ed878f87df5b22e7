// Creates and updates powerpacks.
import { holdApplication } from '../applications/store.ts';
import { ApiError } from '../base/errors.ts';
import { violatedConstraint } from '../db/constraint.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import {
  type ApplicationReference,
  applyChange,
  defaultNumberPriority,
  type Powerpack,
  type PowerpackChange,
} from './powerpack.ts';
import { forgetStickySenders } from './sticky-store.ts';
import { insertPowerpack, lockPowerpack, savePowerpack } from './store.ts';

/** A change whose application is still only named: as an id and the type that the caller takes it for. */
export type PowerpackWish = Omit<PowerpackChange, 'application'> & {
  readonly application?: ApplicationReference | null;
};

/**
 * Creates a powerpack with its empty pool.
 * @throws ApiError conflict when the name is taken, invalid when the application does not fit.
 */
export async function createPowerpack(
  db: Db,
  scope: Scope,
  name: string,
  wish: PowerpackWish,
  newId: () => string,
  now: Date,
): Promise<Powerpack> {
  const blank: Powerpack = {
    uuid: newId(),
    poolUuid: newId(),
    accountId: scope.accountId,
    name,
    stickySender: true,
    localConnect: true,
    application: null,
    numberPriority: defaultNumberPriority,
    smartEncoding: false,
    optOutScope: 'number',
    deletionProtection: false,
    createdAt: now,
  };
  return translated(() =>
    db.transaction(async (tx) => {
      const powerpack = applyChange(blank, await settled(tx, scope, wish));
      await insertPowerpack(tx, powerpack);
      return powerpack;
    }),
  );
}

/**
 * Changes what was sent and nothing else. Turning sticky sender off forgets the powerpack's sticky senders.
 * @throws ApiError notFound, conflict when the name is taken, invalid when the application does not fit.
 */
export async function updatePowerpack(
  db: Db,
  scope: Scope,
  uuid: string,
  wish: PowerpackWish,
): Promise<Powerpack> {
  return translated(() =>
    db.transaction(async (tx) => {
      const present = await lockPowerpack(tx, scope.accountId, uuid);
      if (present === undefined) throw new ApiError('notFound', 'powerpack not found');
      const powerpack = applyChange(present, await settled(tx, scope, wish));
      await savePowerpack(tx, powerpack);
      if (present.stickySender && !powerpack.stickySender) await forgetStickySenders(tx, powerpack.poolUuid);
      return powerpack;
    }),
  );
}

/** The wish as a change: the application it names looked up and compared with the type it was taken for. */
async function settled(tx: Transaction, scope: Scope, wish: PowerpackWish): Promise<PowerpackChange> {
  if (wish.application === undefined || wish.application === null) return wish;
  const { appId, applicationType } = wish.application;
  if ((await holdApplication(tx, scope, appId)) !== applicationType) throw wrongApplication();
  return wish;
}

const wrongApplication = () => new ApiError('invalid', 'application not found or of another type');

/** Names are guarded by the database: whoever comes second in a race learns it from the constraint. */
async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violatedConstraint(error) === 'powerpacks_name') throw nameTaken();
    throw error;
  }
}

export const nameTaken = () => new ApiError('conflict', 'powerpack name already in use');
