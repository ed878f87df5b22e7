// `DATABASE_URL=… node bench/changing-pool.mjs [-- --members N --changers N --senders N --handsets N --seconds N --rounds N]`: what sending
// through a pool loses while others change it, by turns; what fails, and how many deadlocks the database has seen.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeReady } from '../scripts/ready.mjs';
import { load } from './load.mjs';
import { median } from './measure.mjs';
import { benchCaller, makePowerpack, startServer, withHome } from './server.mjs';
import { makeTraffic, membersOf } from './traffic.mjs';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '400' },
    changers: { type: 'string', default: '1' },
    senders: { type: 'string', default: '8' },
    handsets: { type: 'string', default: '0' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    engine: { type: 'string', default: process.env.DATABASE_URL === undefined ? 'embedded' : 'PostgreSQL' },
    /** Folder for a CPU profile of the server. */
    profile: { type: 'string' },
  },
});
const [members, changers, senders, handsets, seconds, rounds] = [
  'members',
  'changers',
  'senders',
  'handsets',
  'seconds',
  'rounds',
].map((name) => Number(values[name]));

makeReady();
await withHome(values.engine, async (environment, { databaseUrl }) => {
  const server = await startServer({ ...environment, RUCKSACK_PACING: 'unlimited' }, values.profile);
  try {
    const pool = membersOf(members);
    const startedAt = performance.now();
    const powerpack = await makePowerpack(server.url, 'bench', pool, {
      sticky_sender: true,
      local_connect: true,
    });
    const added = members / ((performance.now() - startedAt) / 1000);
    process.stdout.write(
      `${values.engine}: ${members} members imported and added at ${added.toFixed(0)}/s\n`,
    );
    const traffic = makeTraffic(powerpack.uuid);
    const sending = () =>
      load({ url: server.url, connections: senders, seconds, status: 202, nextRequest: traffic });
    await sending();
    const runs = { alone: [], beside: [] };
    const others = { changes: 0, received: 0, failures: new Map() };
    for (let round = 0; round < rounds; round++) {
      runs.alone.push(await sending());
      const endAt = performance.now() + seconds * 1000;
      const beside = [
        ...Array.from({ length: changers }, (_, index) =>
          changeUntil(endAt, server.url, powerpack.poolPath, pool.slice(index * 8, index * 8 + 8), others),
        ),
        ...Array.from({ length: handsets }, (_, index) => writeUntil(endAt, server.url, index, pool, others)),
      ];
      runs.beside.push(await sending());
      await Promise.all(beside);
    }
    const rate = (name) => median(runs[name].map(({ perSecond }) => perSecond));
    const p99 = (name) => median(runs[name].map(({ p99Ms }) => p99Ms)).toFixed(0);
    const total = seconds * rounds;
    process.stdout.write(
      `sends alone ${rate('alone').toFixed(0)}/s (p99 ${p99('alone')} ms), beside ${rate('beside').toFixed(0)}/s (p99 ${p99('beside')} ms): ` +
        `ratio ${(rate('beside') / rate('alone')).toFixed(2)}; ${(others.changes / total).toFixed(0)} changes/s, ` +
        `${(others.received / total).toFixed(0)} received/s; failures ${JSON.stringify([...others.failures])}; ` +
        `deadlocks ${await countDeadlocks(databaseUrl)}\n`,
    );
  } finally {
    await server.stop();
  }
});

/** Removes numbers from the pool and adds them again, one after another. */
async function changeUntil(endAt, url, poolPath, numbers, counts) {
  for (let turn = 0; performance.now() < endAt; turn++) {
    const path = `${poolPath}Number/${numbers[turn % numbers.length]}/`;
    for (const method of ['DELETE', 'POST']) {
      await ask(url, method, path, undefined, counts.failures);
      counts.changes += 1;
    }
  }
}

/** Plays a handset that writes to members, and opts out and in by turns. */
async function writeUntil(endAt, url, index, pool, counts) {
  const texts = ['hello', 'STOP', 'START', 'hello again'];
  for (let turn = 0; performance.now() < endAt; turn++) {
    const path = `${benchCaller.path}/Simulator/Handset/1212300${String(index).padStart(4, '0')}/Message/`;
    const body = { dst: pool[(turn >> 2) % pool.length], text: texts[turn % texts.length] };
    await ask(url, 'POST', path, body, counts.failures);
    counts.received += 1;
  }
}

async function ask(url, method, path, body, failures) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: benchCaller.authorization, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return;
  const failure = `${method} ${response.status} ${text.slice(0, 120)}`;
  failures.set(failure, (failures.get(failure) ?? 0) + 1);
}

async function countDeadlocks(databaseUrl) {
  if (databaseUrl === undefined) return 0;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  await client.end();
  return Number(rows[0].deadlocks);
}
