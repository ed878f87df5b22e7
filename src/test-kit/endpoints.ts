// Endpoints of the test kit: main accounts for the operator, seeds, resets, snapshots. All but the main accounts answer 404 unless it is on.
import { createAccount } from '../accounts/create-account.ts';
import { requireOperator } from '../accounts/operator.ts';
import { requireMainAccount } from '../accounts/scope.ts';
import { listMainAccounts } from '../accounts/store.ts';
import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import { insideTransaction } from '../db/nested-db.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../http/page.ts';
import { noContent } from '../http/schemas.ts';
import type { Operating } from '../routing/operating.ts';
import { applySeed } from './apply-seed.ts';
import { type ResetParts, resetAccount, restoreState, storeState } from './reset-account.ts';
import { deleteSnapshot, listSnapshots } from './snapshot-store.ts';
import {
  CreatedMainAccount,
  CreateMainAccountInput,
  MainAccountBody,
  mainAccountToWire,
  ResetBody,
  ResetInput,
  RestoredSnapshot,
  SeededBody,
  SeedInput,
  SnapshotBody,
  SnapshotPath,
  seededToWire,
  seedFromWire,
  snapshotToWire,
  TakenSnapshot,
  TakeSnapshotInput,
} from './wire.ts';

interface KitParts {
  readonly isTestKitOn: boolean;
}

interface MakingParts extends KitParts {
  readonly settings: Settings;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly operating: Operating;
  /** `undefined` where this process has no simulator. */
  readonly simulator: Simulator | undefined;
}

/** The parts of the server that put an account back. */
type RestoringParts = Omit<ResetParts, 'db' | 'timeAfter'> & KitParts;

const operatorOnly = "The operator's account only.";
const kitOnly = 'Only on ephemeral servers and where `RUCKSACK_TEST_KIT` is on; answered 404 elsewhere.';

export const listMainAccountsEndpoint = defineEndpoint({
  summary: 'List main accounts',
  role: 'owner',
  description: `The oldest first. ${operatorOnly}`,
  extension: true,
  input: PageInput,
  answers: { 200: listSchema(MainAccountBody) },
  async handle({ db, scope, input }, { operating }: { operating: Operating }) {
    await requireOperator(db, scope, operating.operatorId());
    const page = pageOf(input);
    const accounts = await listMainAccounts(db);
    const shown = accounts.slice(page.offset, page.offset + page.limit).map(mainAccountToWire);
    const path = `/v1/Account/${scope.accountId}/MainAccount/`;
    return pageAnswer(path, page, {}, accounts.length, shown);
  },
});

export const createMainAccountEndpoint = defineEndpoint({
  summary: 'Create a main account',
  description: `It shares nothing with the other accounts of the server but the simulator's rules for all and the time. Its token is shown once. ${operatorOnly}`,
  role: 'owner',
  extension: true,
  input: CreateMainAccountInput,
  answers: { 201: CreatedMainAccount },
  async handle({ db, scope, input, now, newId }, parts: MakingParts) {
    await requireOperator(db, scope, parts.operating.operatorId());
    const { name } = input;
    if (input.seed !== undefined) requireKit(parts);
    const seed = seedFromWire(input.seed ?? {});
    const { credentials, seeded } = await db.transaction(async (tx) => {
      const making = { ...parts, db: insideTransaction(tx, db), now };
      const made = await createAccount(making, { mainId: null, name, enabled: true });
      const all = await applySeed(tx, scopeOf(made.authId), seed, { ...parts, db, newId, now });
      parts.simulator?.ownRules(made.authId).replace(seed.rules);
      if (parts.isTestKitOn) await storeState(tx, made.authId, { ...parts, now });
      return { credentials: made, seeded: all };
    });
    const { authId, authToken } = credentials;
    const body = {
      auth_id: authId,
      auth_token: authToken,
      message: 'created',
      ...seededToWire(authId, seeded),
    };
    return { status: 201, body };
  },
});

export const seedAccountEndpoint = defineEndpoint({
  summary: 'Seed the account',
  description: `Makes applications, numbers, powerpacks with their pools, rules of the simulator for the account and messages of the past: all of them or nothing. An error names the place. Main accounts only. ${kitOnly}`,
  extension: true,
  outsideDatabase: true,
  input: SeedInput,
  answers: { 200: SeededBody },
  async handle({ db, scope, input, now, newId }, parts: MakingParts) {
    requireKit(parts);
    requireMainAccount(scope);
    const { start = true, ...given } = input;
    const seed = seedFromWire(given);
    const own = parts.simulator?.ownRules(scope.mainId);
    const rulesBefore = own?.rules ?? [];
    const work = db.transaction(async (tx) => {
      const all = await applySeed(tx, scope, seed, { ...parts, db, newId, now });
      if (given.rules !== undefined) own?.replace(seed.rules);
      if (start) await storeState(tx, scope.mainId, { ...parts, now });
      return all;
    });
    const seeded = await work.catch((error: unknown) => {
      own?.replace(rulesBefore);
      throw error;
    });
    return { status: 200, body: { message: 'seeded', ...seededToWire(scope.mainId, seeded) } };
  },
});

export const resetAccountEndpoint = defineEndpoint({
  summary: 'Reset the account',
  description: `Deletes all that the account has: messages, callbacks, powerpacks, numbers, applications, opt-outs, subaccounts, its rules of the simulator. What it was made or seeded with is there again, its first token included; what is under way for it comes back no more. Main accounts only. ${kitOnly}`,
  role: 'owner',
  extension: true,
  outsideDatabase: true,
  announcesItself: true,
  input: ResetInput,
  answers: { 200: ResetBody },
  async handle(
    { db, scope, input, now },
    { virtualClock, ...parts }: RestoringParts & { readonly virtualClock: VirtualClock | undefined },
  ) {
    requireKit(parts);
    requireMainAccount(scope);
    if (input.clock === true && virtualClock === undefined) {
      throw new ApiError('invalid', 'clock needs RUCKSACK_VIRTUAL_CLOCK');
    }
    const timeAfter = async () => {
      if (input.clock !== true || virtualClock === undefined) return now;
      await virtualClock.returnToStart();
      return virtualClock.now();
    };
    await resetAccount({ ...parts, db, timeAfter }, scope.mainId);
    return { status: 200, body: { message: 'reset' } };
  },
});

export const listSnapshotsEndpoint = defineEndpoint({
  summary: 'List snapshots',
  description: `By name. Main accounts only. ${kitOnly}`,
  extension: true,
  input: PageInput,
  answers: { 200: listSchema(SnapshotBody) },
  async handle({ db, scope, input }, parts: KitParts) {
    requireKit(parts);
    requireMainAccount(scope);
    const page = pageOf(input);
    const snapshots = await listSnapshots(db, scope.mainId);
    const shown = snapshots.slice(page.offset, page.offset + page.limit).map(snapshotToWire);
    const path = `/v1/Account/${scope.accountId}/Snapshot/`;
    return pageAnswer(path, page, {}, snapshots.length, shown);
  },
});

export const takeSnapshotEndpoint = defineEndpoint({
  summary: 'Take a snapshot',
  description: `Stores the state of the account under a name: all that it has, what waits in its queues included. Main accounts only. ${kitOnly}`,
  extension: true,
  input: TakeSnapshotInput,
  answers: { 201: TakenSnapshot },
  async handle({ db, scope, input, now }, parts: KitParts & Pick<ResetParts, 'simulator'>) {
    requireKit(parts);
    requireMainAccount(scope);
    await db.transaction((tx) => storeState(tx, scope.mainId, { ...parts, now }, input.name));
    return { status: 201, body: { message: 'created', name: input.name } };
  },
});

export const restoreSnapshotEndpoint = defineEndpoint({
  summary: 'Restore a snapshot',
  description: `As a reset, to that state. Main accounts only. ${kitOnly}`,
  extension: true,
  role: 'owner',
  outsideDatabase: true,
  announcesItself: true,
  path: SnapshotPath,
  answers: { 200: RestoredSnapshot },
  async handle({ db, scope, path, now }, parts: RestoringParts) {
    requireKit(parts);
    requireMainAccount(scope);
    await restoreState({ ...parts, db, timeAfter: async () => now }, scope.mainId, path.snapshot_name);
    return { status: 200, body: { message: 'restored' } };
  },
});

export const deleteSnapshotEndpoint = defineEndpoint({
  summary: 'Delete a snapshot',
  description: `Main accounts only. ${kitOnly}`,
  extension: true,
  path: SnapshotPath,
  answers: { 204: null },
  async handle({ db, scope, path }, parts: KitParts) {
    requireKit(parts);
    requireMainAccount(scope);
    if (!(await deleteSnapshot(db, scope.mainId, path.snapshot_name)))
      throw new ApiError('notFound', 'snapshot not found');
    return noContent;
  },
});

/** Returns the scope of a main account that acts for itself. */
const scopeOf = (authId: string): Scope => ({
  accountId: authId,
  mainId: authId,
  subaccountId: undefined,
  callerId: authId,
});

/** @throws ApiError notFound where the test kit is off. */
function requireKit({ isTestKitOn }: KitParts): void {
  if (!isTestKitOn) throw new ApiError('notFound', 'the test kit is off (RUCKSACK_TEST_KIT)');
}
