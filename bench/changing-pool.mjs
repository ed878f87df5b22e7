// `DATABASE_URL=… node bench/changing-pool.mjs [-- --members N --changers N --senders N --handsets N --seconds N --rounds N]`: what sending
// through a pool loses while others change it, by turns; what fails, and how many deadlocks the database has seen. The control is the same
// changes in a pool of another account: what they take of the machine, which has no cores to spare.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeReady } from '../scripts/ready.mjs';
import { cpuOf, readDatabase } from './costs.mjs';
import { load, requestBytes } from './load.mjs';
import { median } from './measure.mjs';
import {
  benchCaller,
  call,
  importNumbers,
  makePowerpack,
  neighbour,
  startServer,
  withHome,
} from './server.mjs';
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
  // Its account is made by a start of its own: each start makes one.
  await (await startServer({ ...environment, ...neighbour.settings })).stop();
  const server = await startServer({ ...environment, RUCKSACK_PACING: 'unlimited' }, values.profile);
  const database = await connect(databaseUrl);
  try {
    const { url, pid } = server;
    const settings = { sticky_sender: true, local_connect: true };
    const pool = membersOf(members);
    const { uuid, poolPath } = await makePowerpack(url, 'bench', pool, settings);
    await printAdding(url, poolPath);
    const otherPool = membersOf(members, 4_000_000);
    const { poolPath: otherPath } = await makePowerpack(url, 'bench', otherPool, settings, neighbour);
    const traffic = makeTraffic(uuid);
    const sending = () => load({ url, connections: senders, seconds, status: 202, nextRequest: traffic });
    const failures = new Map();
    const changersOf = (path, numbers, caller) =>
      Array.from({ length: changers }, (_, index) =>
        makeChanges(path, numbers.slice(index * 8, index * 8 + 8), caller),
      );
    const own = changersOf(poolPath, pool, benchCaller);
    const others = changersOf(otherPath, otherPool, neighbour);
    const changing = (requests) => requests.map((next) => changePool(url, next, failures));
    const cases = {
      alone: () => [],
      control: () => changing(others),
      beside: (endAt) => [
        ...changing(own),
        ...Array.from({ length: handsets }, (_, index) => writeUntil(endAt, url, index, pool, failures)),
      ],
    };
    const runs = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
    await sending();
    for (let round = 0; round < rounds; round++) {
      for (const [name, start] of Object.entries(cases)) {
        const before = await readCpu(pid, database);
        const besides = start(performance.now() + seconds * 1000);
        const sends = await sending();
        const counts = await Promise.all(besides);
        const after = await readCpu(pid, database);
        const sum = (what) => counts.reduce((total, count) => total + (count[what] ?? 0), 0) / seconds;
        runs[name].push({
          ...sends,
          changes: sum('changes'),
          received: sum('received'),
          nodeUs: (after.nodeUs - before.nodeUs) / seconds / 1e6,
          postgresUs: (after.postgresUs - before.postgresUs) / seconds / 1e6,
        });
      }
    }
    for (const [name, measured] of Object.entries(runs)) print(name, measured, runs.alone);
    process.stdout.write(
      `failures ${JSON.stringify([...failures])}; deadlocks ${await countDeadlocks(database)}\n`,
    );
  } finally {
    await database?.end();
    await server.stop();
  }
});

/** Prints how quickly numbers are added to the pool, one by one and all in one call, and takes them out again. */
async function printAdding(url, poolPath) {
  const numbers = membersOf(200, 6_000_000);
  await importNumbers(url, numbers);
  const path = `${poolPath}Number/`;
  const oneByOne = async (method) => {
    const left = [...numbers];
    const connections = Array.from({ length: 32 }, async () => {
      for (let number = left.pop(); number !== undefined; number = left.pop())
        await call(url, method, `${path}${number}/`);
    });
    await Promise.all(connections);
  };
  const ways = {
    'one by one': () => oneByOne('POST'),
    'in one call': () => call(url, 'POST', path, { numbers: numbers.join(',') }),
  };
  for (const [name, add] of Object.entries(ways)) {
    const startedAt = performance.now();
    await add();
    const perSecond = numbers.length / ((performance.now() - startedAt) / 1000);
    process.stdout.write(
      `${values.engine}: added to a pool of ${members} ${name}: ${perSecond.toFixed(0)}/s\n`,
    );
    await oneByOne('DELETE');
  }
}

function print(name, measured, alone) {
  const of = (what, runs = measured) => median(runs.map((run) => run[what]));
  process.stdout.write(
    `${name.padEnd(7)} ${of('perSecond').toFixed(0)} sends/s, ratio ${(of('perSecond') / of('perSecond', alone)).toFixed(2)}, ` +
      `p50 ${of('p50Ms').toFixed(1)} ms, p99 ${of('p99Ms').toFixed(1)} ms; ${of('changes').toFixed(0)} changes/s, ` +
      `${of('received').toFixed(0)} received/s; cores: Node ${of('nodeUs').toFixed(2)}, PostgreSQL ${of('postgresUs').toFixed(2)}\n`,
  );
}

async function connect(databaseUrl) {
  if (databaseUrl === undefined) return undefined;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

/** Returns the CPU time of the server, and of the whole PostgreSQL server that it uses. */
async function readCpu(pid, database) {
  const nodeUs = await cpuOf(pid);
  const postgresUs = database === undefined ? 0 : (await readDatabase(database)).postgresUs;
  return { nodeUs, postgresUs };
}

/** Returns a function that makes the requests of one changer: it removes numbers from the pool and adds them again, one after another. */
function makeChanges(poolPath, numbers, { authorization }) {
  let turn = 0;
  return () => {
    const number = numbers[(turn >> 1) % numbers.length];
    const method = turn % 2 === 0 ? 'DELETE' : 'POST';
    turn += 1;
    return requestBytes({ method, path: `${poolPath}Number/${number}/`, authorization });
  };
}

/** Sends the requests of one changer, one after another; returns how many were answered. */
async function changePool(url, nextRequest, failures) {
  const { answers, byStatus } = await load({ url, connections: 1, seconds, nextRequest });
  for (const [status, count] of Object.entries(byStatus))
    if (status >= 300) failures.set(status, (failures.get(status) ?? 0) + count);
  return { changes: answers };
}

/** Plays a handset that writes to members, and opts out and in by turns. */
async function writeUntil(endAt, url, index, pool, failures) {
  let received = 0;
  const texts = ['hello', 'STOP', 'START', 'hello again'];
  for (let turn = 0; performance.now() < endAt; turn++) {
    const path = `${benchCaller.path}/Simulator/Handset/1212300${String(index).padStart(4, '0')}/Message/`;
    const body = { dst: pool[(turn >> 2) % pool.length], text: texts[turn % texts.length] };
    await ask(url, 'POST', path, body, benchCaller, failures);
    received += 1;
  }
  return { received };
}

async function ask(url, method, path, body, caller, failures) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: caller.authorization, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return;
  const failure = `${method} ${response.status} ${text.slice(0, 120)}`;
  failures.set(failure, (failures.get(failure) ?? 0) + 1);
}

async function countDeadlocks(database) {
  if (database === undefined) return 0;
  await database.query('select pg_stat_clear_snapshot()');
  const { rows } = await database.query(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0].deadlocks);
}
