// How far a replica is behind, by what both servers say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LagSample, lagOf } from './replica-lag.ts';

const at = new Date('2026-03-14T09:26:53Z');
const ago = (ms: number) => new Date(at.getTime() - ms);
const standby: LagSample = {
  at,
  host: 'first',
  isStandby: true,
  hasCaughtUp: false,
  replayedAgoMs: undefined,
};

const table: [
  title: string,
  sample: Partial<LagSample>,
  caughtUpAt: Date | undefined,
  lagMs: number | undefined,
][] = [
  ['one that has caught up is not behind', { hasCaughtUp: true, replayedAgoMs: 3000 }, undefined, 0],
  ['one that has not is behind by what it replayed last', { replayedAgoMs: 3000 }, undefined, 3000],
  ['after a quiet time only what came since counts', { replayedAgoMs: 600_000 }, ago(900), 900],
  ['what it replayed last counts where that is newer', { replayedAgoMs: 200 }, ago(5000), 200],
  ['a clock that is ahead makes no negative lag', { replayedAgoMs: -40 }, undefined, 0],
  ['one that has replayed nothing is behind since it had caught up', {}, ago(1500), 1500],
  ['without anything known there is no lag', {}, undefined, undefined],
  ['a server that takes writes is no replica', { isStandby: false, hasCaughtUp: true }, ago(10), undefined],
];

for (const [title, sample, caughtUpAt, lagMs] of table) {
  test(title, () => assert.equal(lagOf({ ...standby, ...sample }, caughtUpAt), lagMs));
}
