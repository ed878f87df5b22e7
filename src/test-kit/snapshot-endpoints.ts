// Snapshot: states of an account to return to. Extensions.
import { requireMainAccount } from '../accounts/scope.ts';
import { ApiError } from '../base/errors.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../http/page.ts';
import { noContent } from '../http/schemas.ts';
import { type KitParts, kitOnly, requireKit } from './require-kit.ts';
import { type ResetParts, restoreState, storeState } from './reset-account.ts';
import { deleteSnapshot, listSnapshots } from './snapshot-store.ts';
import {
  RestoredSnapshot,
  SnapshotBody,
  SnapshotPath,
  snapshotToWire,
  TakenSnapshot,
  TakeSnapshotInput,
} from './snapshot-wire.ts';

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
  async handle({ db, scope, path, now }, parts: Omit<ResetParts, 'db' | 'timeAfter'> & KitParts) {
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
