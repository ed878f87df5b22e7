// `npm run test:survival`: as many kills as one likes, with any seed.
import { parseArgs } from 'node:util';
import { reportLine, runSurvival } from './survival.ts';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 36);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  process.stderr.write('usage: npm run test:survival -- [--kills 36] [--seed 1]\n');
  process.exit(2);
}

process.stdout.write(`seed ${seed}\n`);
try {
  process.stdout.write(`${reportLine(await runSurvival({ kills, seed }))}\n`);
} catch (error) {
  process.exitCode = 1;
  process.stdout.write(`${error instanceof Error ? error.stack : error}\n`);
}
