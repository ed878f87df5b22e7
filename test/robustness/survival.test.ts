// A server that is killed in the middle of its work loses nothing that it acknowledged and does nothing by halves.
import { test } from 'node:test';
import { reportLine, runSurvival } from './survival.ts';

// `npm run test:survival` does it more often, and with other seeds.
const kills = 12;

test(`${kills} kills`, { timeout: 300_000 }, async (context) => {
  context.diagnostic(reportLine(await runSurvival({ kills, seed: 1 })));
});
