// `DATABASE_URL=… node bench/cost.mjs [--seconds N --rounds N --callbacks off --statements N]`: what a message costs from 202 to its last callback, by figures
// that the load of the machine hardly moves: CPU time of this server and of PostgreSQL, commits, rows written, bytes of WAL.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeReady, root } from '../scripts/ready.mjs';
import { load } from './load.mjs';
import { median } from './measure.mjs';
import { call, startProcess, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    /** `off` where no status is told to a URL. */
    callbacks: { type: 'string', default: 'on' },
    /** How many of the dearest statements to list, where the server has pg_stat_statements. */
    statements: { type: 'string', default: '0' },
    /** Folder for a CPU profile of the server. */
    profile: { type: 'string' },
  },
});
const { DATABASE_URL: databaseUrl } = process.env;
if (databaseUrl === undefined) throw new Error('DATABASE_URL names the PostgreSQL server, on this machine');
const hasCallbacks = values.callbacks === 'on';
/** Linux counts the time of processes in these. */
const ticksPerSecond = 100;
const settleMs = 300;
const ownDatabase = '(select oid from pg_database where datname = current_database())';
const forgetStatements = `select pg_stat_statements_reset(0, ${ownDatabase}, 0)`;

makeReady();
const sink = await startProcess([join(root, 'bench', 'callback-sink.mjs')]);
await measure().finally(() => sink.stop());

/** Prints what a message costs, on a server and a database of their own. */
async function measure() {
  await withHome('PostgreSQL', async (environment, { databaseUrl: ownUrl }) => {
    const server = await startServer({ ...environment, RUCKSACK_PACING: 'unlimited' }, values.profile);
    const client = new pg.Client({ connectionString: ownUrl });
    try {
      await client.connect();
      const { uuid } = await makeSender(server.url);
      const nextRequest = makeTraffic(uuid, hasCallbacks ? { url: `${sink.url}/status` } : {});
      await sendAndWait(server.url, nextRequest);
      const hasStatements = Number(values.statements) > 0;
      if (hasStatements)
        await client.query(`create extension if not exists pg_stat_statements; ${forgetStatements}`);
      const rounds = [];
      let messages = 0;
      for (let round = 0; round < Number(values.rounds); round++) {
        const before = await readCounts(client, server.pid);
        const { answers, perSecond } = await sendAndWait(server.url, nextRequest);
        messages += answers;
        const after = await readCounts(client, server.pid);
        rounds.push({
          perSecond,
          ...Object.fromEntries(
            Object.entries(after).map(([name, count]) => [name, (count - before[name]) / answers]),
          ),
        });
      }
      const of = (name) => median(rounds.map((round) => round[name]));
      process.stdout.write(
        `a message${hasCallbacks ? ' with callbacks' : ''}: Node ${of('nodeUs').toFixed(0)} µs, PostgreSQL ${of('postgresUs').toFixed(0)} µs, ` +
          `${of('commits').toFixed(3)} commits, ${of('written').toFixed(1)} rows written (${of('hot').toFixed(1)} of them HOT), ` +
          `${(of('walBytes') / 1000).toFixed(1)} KB of WAL; ${of('perSecond').toFixed(0)}/s\n`,
      );
      if (hasStatements) await printStatements(client, messages);
    } finally {
      await client.end();
      await server.stop();
    }
  });
}

/** Sends for a while, and waits until nothing is left to do: all are reported, and their calls made. */
async function sendAndWait(url, nextRequest) {
  const startedAt = performance.now();
  const before = await readDone(url);
  const { answers } = await load({
    url,
    connections: 64,
    seconds: Number(values.seconds),
    status: 202,
    nextRequest,
  });
  for (let done = 0; done < answers; done = (await readDone(url)) - before) await pause(20);
  const perSecond = answers / ((performance.now() - startedAt) / 1000);
  // Statistics of the database come a moment later.
  await pause(settleMs);
  return { answers, perSecond };
}

/** Returns how many messages the customer knows the end of; without callbacks, how many the carrier has been given. */
async function readDone(url) {
  if (hasCallbacks) return Number(await call(sink.url, 'GET', '/delivered'));
  return Number(
    /^rucksack_submission_lateness_seconds_count (\S+)/m.exec(await call(url, 'GET', '/metrics'))?.[1],
  );
}

async function readCounts(client, serverPid) {
  await client.query('select pg_stat_clear_snapshot()');
  const { rows } = await client.query(`
    select xact_commit as commits, (select wal_bytes from pg_stat_wal) as wal_bytes,
      (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables) as written,
      (select sum(n_tup_hot_upd) from pg_stat_user_tables) as hot, pg_backend_pid() as pid
    from pg_stat_database where datname = current_database()`);
  const [{ commits, wal_bytes: walBytes, written, hot, pid }] = rows;
  return {
    nodeUs: (await readStat(serverPid)).ownUs,
    postgresUs: await cpuOfServer(pid),
    commits: Number(commits),
    written: Number(written),
    hot: Number(hot),
    walBytes: Number(walBytes),
  };
}

/** Returns the CPU time of all processes of the PostgreSQL server to which a backend belongs, those that have ended included. */
async function cpuOfServer(backendPid) {
  const { parent: postmaster } = await readStat(backendPid);
  let total = (await readStat(postmaster)).ofEndedUs;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readStat(name).catch(() => undefined);
    if (stat?.parent === postmaster) total += stat.ownUs;
  }
  return total;
}

/** Reads what Linux says of a process (its manual, proc(5)); what stands before the last bracket is its name. */
async function readStat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const microseconds = (first) =>
    ((Number(fields[first]) + Number(fields[first + 1])) / ticksPerSecond) * 1e6;
  return { parent: Number(fields[1]), ownUs: microseconds(11), ofEndedUs: microseconds(13) };
}

async function printStatements(client, messages) {
  const { rows } = await client.query(
    `select calls, rows, total_plan_time as planned, total_exec_time as ran, wal_bytes as wal, regexp_replace(query, '\\s+', ' ', 'g') as query
     from pg_stat_statements where dbid = ${ownDatabase}
     order by total_plan_time + total_exec_time desc limit $1`,
    [Number(values.statements)],
  );
  for (const { calls, planned, ran, wal, query } of rows) {
    const each = (milliseconds) => ((milliseconds / messages) * 1000).toFixed(1).padStart(6);
    process.stdout.write(
      `${each(planned)} µs planned ${each(ran)} µs run ${(calls / messages).toFixed(3)} calls ${(wal / messages).toFixed(0).padStart(5)} B  ${query.trim().slice(0, 90)}\n`,
    );
  }
}
