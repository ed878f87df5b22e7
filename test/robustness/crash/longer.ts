// `npm run test:survival` and `npm run chaos`: a crash scenario with any number of kills, in any topology, on any seed; or with a
// faulty server, which must be detected.
import { parseArgs } from 'node:util';
import { serverUrl } from '../../support/database.ts';
import { makeTemporaryDirectory } from '../../support/process.ts';
import { changeReport, runChangeCrashes } from './changes.ts';
import { makeFaultInjector } from './fault-injector.ts';
import { type CrashCarrier, crashCarriers, type Topology, topologies } from './harness.ts';
import { messageReport, runMessageCrashes } from './messages.ts';

const scenarios = ['changes', 'messages'] as const;

const { values } = parseArgs({
  options: {
    scenario: { type: 'string' },
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    topology: { type: 'string' },
    carrier: { type: 'string', default: 'simulator' },
    'fault-injector': { type: 'boolean', default: false },
  },
});
const scenario = scenarios.find((known) => known === values.scenario);
const kills = Number(values.kills);
const seed = Number(values.seed);
const onServer = scenario === 'changes' ? 'single' : 'processes';
const wanted = values.topology ?? (serverUrl === undefined ? 'embedded' : onServer);
const topology = topologies.find((known) => known === wanted);
const carrier = crashCarriers.find((known) => known === values.carrier);
if (
  scenario === undefined ||
  topology === undefined ||
  carrier === undefined ||
  !isCount(kills) ||
  !Number.isInteger(seed)
) {
  process.stderr.write(
    `usage: --scenario ${scenarios.join('|')} [--kills 40] [--seed 1] [--topology ${topologies.join('|')}] [--carrier ${crashCarriers.join('|')}] [--fault-injector]\n`,
  );
  process.exit(2);
}

process.stdout.write(`seed ${seed}\n`);
if (scenario === 'changes') await crashChanges(topology);
else if (values['fault-injector']) await detectFault(topology);
else await crashMessages(topology, carrier);

async function crashChanges(topology: Topology): Promise<void> {
  process.stdout.write(`${changeReport(await runChangeCrashes({ topology, kills, seed }))}\n`);
}

async function crashMessages(topology: Topology, by: CrashCarrier): Promise<void> {
  const report = await runMessageCrashes({ topology, carrier: by, kills, seed });
  process.stdout.write(`${messageReport(report)}\n`);
  process.exitCode = report.breaches.length === 0 ? 0 : 1;
}

/**
 * Runs the faulty server, killed within a millisecond after a 202. It commits 100 ms later, so each kill of a single process loses an accepted
 * message, unless the machine stands still just then.
 */
async function detectFault(topology: Topology): Promise<void> {
  const folder = await makeTemporaryDirectory();
  try {
    const command = await makeFaultInjector(folder.path);
    const report = await runMessageCrashes({
      topology,
      carrier: 'simulator',
      kills,
      seed,
      command,
      spreadMs: 1,
    });
    const isDetected = report.breaches.some((breach) => breach.includes('is gone'));
    process.stdout.write(`${messageReport(report)}\nthe fault was ${isDetected ? '' : 'not '}detected\n`);
    process.exitCode = isDetected ? 0 : 1;
  } finally {
    await folder.remove();
  }
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 1;
}
