// `DATABASE_URL=… node bench/cost.mjs [--seconds N --rounds N --warm-up N --callbacks off --roles api+dispatcher --statements N]`: what a message costs
// from 202 to its last callback, by figures that the load of the machine hardly moves: CPU time of this server and of PostgreSQL, commits, rows written,
// bytes of WAL.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeReady, root } from '../scripts/ready.mjs';
import { costInWords, perMessage, readUsed, settleMs } from './costs.mjs';
import { medians } from './measure.mjs';
import { startProcess, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';
import { readDelivered, readSubmitted, sendAndWait } from './whole-life.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    /** `off` where no status is told to a URL. */
    callbacks: { type: 'string', default: 'on' },
    /** Rounds before those that are measured: the first thousands of messages pay for compiling. */
    'warm-up': { type: 'string', default: '1' },
    /** `api+dispatcher` for two processes, each with one role. */
    roles: { type: 'string', default: 'api,dispatcher' },
    /** How many of the dearest statements to list, where the server has pg_stat_statements. */
    statements: { type: 'string', default: '0' },
    /** Folder for a CPU profile of the server, whose samples are taken by the wall clock: `perf record` says what runs. */
    profile: { type: 'string' },
  },
});
const { DATABASE_URL: databaseUrl } = process.env;
if (databaseUrl === undefined) throw new Error('DATABASE_URL names the PostgreSQL server, on this machine');
const hasCallbacks = values.callbacks === 'on';
const how = { connections: 64, seconds: Number(values.seconds) };
const ownDatabase = '(select oid from pg_database where datname = current_database())';
const forgetStatements = `select pg_stat_statements_reset(0, ${ownDatabase}, 0)`;

makeReady();
const sink = await startProcess([join(root, 'bench', 'callback-sink.mjs')]);
await measure().finally(() => sink.stop());

/** Prints what a message costs, on a server and a database of their own. */
async function measure() {
  await withHome('PostgreSQL', async (environment, { databaseUrl: ownUrl }) => {
    // One key for all processes.
    const settings = { ...environment, RUCKSACK_PACING: 'unlimited', RUCKSACK_SECRET_KEY: '07'.repeat(32) };
    const servers = [];
    for (const roles of values.roles.split('+'))
      servers.push(await startServer({ ...settings, RUCKSACK_ROLES: roles }, values.profile));
    const [server] = servers;
    const client = new pg.Client({ connectionString: ownUrl });
    try {
      await client.connect();
      const { uuid } = await makeSender(server.url);
      const traffic = {
        url: server.url,
        nextRequest: makeTraffic(uuid, hasCallbacks ? { url: `${sink.url}/status` } : {}),
        readDone: () => (hasCallbacks ? readDelivered(sink.url) : readSubmitted(servers.at(-1).url)),
      };
      for (let round = 0; round < Number(values['warm-up']); round++) await sendAndWait(traffic, how);
      await pause(settleMs);
      const hasStatements = Number(values.statements) > 0;
      if (hasStatements)
        await client.query(`create extension if not exists pg_stat_statements; ${forgetStatements}`);
      const rounds = [];
      let messages = 0;
      for (let round = 0; round < Number(values.rounds); round++) {
        const before = await readUsed(servers, client);
        const { answers, perSecond } = await sendAndWait(traffic, how);
        await pause(settleMs);
        messages += answers;
        rounds.push({ perSecond, ...perMessage(before, await readUsed(servers, client), answers) });
      }
      const of = medians(rounds);
      process.stdout.write(
        `a message${hasCallbacks ? ' with callbacks' : ''}: ${costInWords(of)}; ${of.perSecond.toFixed(0)}/s\n`,
      );
      if (hasStatements) await printStatements(client, messages);
    } finally {
      await client.end();
      for (const { stop } of servers.reverse()) await stop();
    }
  });
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
