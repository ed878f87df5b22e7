// `npm run chaos`: as many kills as one likes, in any topology; or a dishonest server, which has to be found out.
import { parseArgs } from 'node:util';
import { serverUrl } from '../support/database.ts';
import { makeTemporaryDirectory } from '../support/process.ts';
import { reportText, runChaos } from './chaos.ts';
import { makeFaultInjector } from './chaos-fault-injector.ts';
import { topologies } from './chaos-harness.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    topology: { type: 'string', default: serverUrl === undefined ? 'embedded' : 'processes' },
    'fault-injector': { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const topology = topologies.find((known) => known === values.topology);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed) || topology === undefined) {
  process.stderr.write(
    `usage: npm run chaos -- [--kills 40] [--seed 1] [--topology ${topologies.join('|')}] [--fault-injector]\n`,
  );
  process.exit(2);
}

/**
 * A fault injector is killed upon a 202 of its own, which it commits 100 ms later: where there is one process, each kill finds it out but
 * for a machine that stands still for so long just then. One that comes at a
 * random moment may miss.
 */
const faultInjectorSpreadMs = 1;

process.stdout.write(`seed ${seed}\n`);
const folder = await makeTemporaryDirectory();
try {
  const faultInjector = values['fault-injector']
    ? { command: await makeFaultInjector(folder.path), spreadMs: faultInjectorSpreadMs }
    : {};
  const report = await runChaos({ topology, kills, seed, ...faultInjector });
  process.stdout.write(`${reportText(report)}\n`);
  const isFoundOut = report.breaches.some((breach) => breach.includes('is gone'));
  if (values['fault-injector'])
    process.stdout.write(isFoundOut ? 'the fault injector was found out\n' : 'the fault injector got away\n');
  process.exitCode = (values['fault-injector'] ? isFoundOut : report.breaches.length === 0) ? 0 : 1;
} finally {
  await folder.remove();
}
