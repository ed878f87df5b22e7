// A server that is killed at work keeps every acknowledged change, and no change is done in part.
import { test } from 'node:test';
import { serverUrl } from '../../support/database.ts';
import { changeReport, runChangeCrashes } from './changes.ts';

// `npm run test:survival` has more kills, and other seeds.
const kills = 12;

test(`${kills} kills`, { timeout: 540_000 }, async (context) => {
  const topology = serverUrl === undefined ? 'embedded' : 'single';
  context.diagnostic(changeReport(await runChangeCrashes({ topology, kills, seed: 1 })));
});
