// The wire of snapshots. Extensions, in the vendor's style.
import { Type } from 'typebox';
import { isoMicroseconds } from '../http/schemas.ts';
import type { Snapshot } from './snapshot-store.ts';

const snapshotName = '^[A-Za-z0-9_.-]{1,64}$';

export const SnapshotPath = Type.Object({ snapshot_name: Type.String({ pattern: snapshotName }) });

export const TakeSnapshotInput = Type.Object({
  name: Type.String({
    pattern: snapshotName,
    expected: '1 to 64 letters, digits, dots, dashes and underscores',
    description: 'Name. An earlier one of this name is replaced; `start` is the one that a reset returns to.',
  }),
});

export const SnapshotBody = Type.Object({ name: Type.String(), taken_on: Type.String() });

export function snapshotToWire({ name, takenAt }: Snapshot) {
  return { name, taken_on: isoMicroseconds(takenAt) };
}

export const TakenSnapshot = Type.Object({ message: Type.Literal('created'), name: Type.String() });

export const RestoredSnapshot = Type.Object({ message: Type.Literal('restored') });
