// `npm run fuzz`: the properties of `fuzz.ts` for as long as one likes, each batch with the next seed.
import { parseArgs } from 'node:util';
import { fuzzBytes, fuzzRoutes } from './fuzz.ts';
import { makeFuzzWorld } from './fuzz-world.ts';

const batchRuns = 1_000;

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 10);
const firstSeed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isInteger(firstSeed)) {
  process.stderr.write('usage: npm run fuzz -- [--minutes 10] [--seed 1]\n');
  process.exit(2);
}

const endsAt = Date.now() + minutes * 60_000;
const world = await makeFuzzWorld();
try {
  for (let seed = firstSeed; Date.now() < endsAt; seed++) {
    process.stdout.write(`seed ${seed}: ${batchRuns} requests to every route, ${batchRuns} damaged ones\n`);
    await fuzzRoutes(world, { seed, runs: batchRuns });
    await fuzzBytes(world, { seed, runs: batchRuns });
  }
  process.stdout.write('Nothing was found.\n');
} catch (error) {
  process.exitCode = 1;
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
} finally {
  await world.app.stop();
}
