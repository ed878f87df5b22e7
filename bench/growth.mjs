// `DATABASE_URL=… npm run bench:growth [-- --seconds N --rounds N --stored N --processes 1,2,4 --callbacks off]`: the whole life of messages on PostgreSQL,
// with one process and none stored, beside several processes, and beside one whose database has a million messages already; in turns.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeReady, root } from '../scripts/ready.mjs';
import { costInWords, perMessage, readUsed, settleMs } from './costs.mjs';
import { medians } from './measure.mjs';
import { startProcess, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';
import { readDelivered, readSubmitted, sendAndWait, warmUps } from './whole-life.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    stored: { type: 'string', default: '1000000' },
    processes: { type: 'string', default: '1,2,4' },
    /** `off` where no status is told to a URL. */
    callbacks: { type: 'string', default: 'on' },
  },
});
if (process.env.DATABASE_URL === undefined)
  throw new Error('DATABASE_URL names the PostgreSQL server, on this machine');
const hasCallbacks = values.callbacks === 'on';
const seconds = Number(values.seconds);
const connections = 64;

makeReady();
const sink = await startProcess([join(root, 'bench', 'callback-sink.mjs')]);
const worlds = [
  ...values.processes.split(',').map((count) => ({ processes: Number(count), stored: 0 })),
  { processes: 1, stored: Number(values.stored) },
];
await withWorlds(worlds, []).finally(() => sink.stop());

/** Opens one world within the other, so that all are there when the first turn begins. */
async function withWorlds([next, ...others], open) {
  if (next === undefined) return measure(open);
  await withHome('PostgreSQL', async (environment, { databaseUrl }) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    const servers = [];
    try {
      await client.connect();
      // One key for all processes.
      const settings = { ...environment, RUCKSACK_PACING: 'unlimited', RUCKSACK_SECRET_KEY: '07'.repeat(32) };
      for (let count = 0; count < next.processes; count++) servers.push(await startServer(settings));
      const { uuid } = await makeSender(servers[0].url);
      const nextRequest = makeTraffic(uuid, hasCallbacks ? { url: `${sink.url}/status` } : {});
      const world = { ...next, client, servers, nextRequest, rounds: [] };
      if (next.stored > 0) await storeMany(world);
      await withWorlds(others, [...open, world]);
    } finally {
      await client.end();
      for (const server of servers.reverse()) await server.stop();
    }
  });
}

/** Sends some messages, and stores them and their callbacks again and again with ids of the days before. */
async function storeMany({ client, stored, ...world }) {
  await send(world);
  const copy = async (table, changes) => {
    const { rows } = await client.query(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_name = $1 and not column_name = any($2)`,
      [table, Object.keys(changes)],
    );
    const [{ columns }] = rows;
    await client.query(
      `insert into ${table} (${Object.keys(changes).join(', ')}, ${columns})
       select ${Object.values(changes).join(', ')}, ${columns}
       from (select * from ${table} limit 10000) as sample
       cross join generate_series(1, ${stored} / (select count(*) from (select from ${table} limit 10000) as counted)) as times (turn)`,
    );
  };
  // Three days, so that what is read by time finds them.
  const earlier = "now() - random() * interval '3 days' - interval '1 minute'";
  const id = `(lpad(to_hex((extract(epoch from ${earlier}) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
    || '8' || substr(md5(random()::text), 1, 15))::uuid`;
  await copy('messages', { id, accepted_at: earlier });
  if (hasCallbacks) await copy('webhook_calls', { id, message_id: 'gen_random_uuid()' });
  await client.query('analyze');
}

/** Sends for a while to all processes of a world. Returns how many messages came to their end, and how many a second. */
async function send({ servers, nextRequest }) {
  const readDone = async () => {
    if (hasCallbacks) return readDelivered(sink.url);
    const counts = await Promise.all(servers.map(({ url }) => readSubmitted(url)));
    return counts.reduce((sum, count) => sum + count);
  };
  const urls = servers.map(({ url }) => url);
  return sendAndWait({ urls, nextRequest, readDone }, { connections, seconds });
}

async function measure(open) {
  for (let round = -warmUps; round < Number(values.rounds); round++) {
    for (const world of open) {
      const { servers, client } = world;
      const before = await readUsed(servers, client);
      const { answers, perSecond } = await send(world);
      await pause(settleMs);
      const used = perMessage(before, await readUsed(servers, client), answers);
      if (round >= 0) world.rounds.push({ perSecond, ...used });
    }
  }
  const ofWorlds = open.map(({ rounds }) => medians(rounds));
  for (const [index, { processes, stored }] of open.entries()) {
    const { perSecond } = ofWorlds[index];
    process.stdout.write(
      `${processes} ${processes === 1 ? 'process' : 'processes'}, ${stored.toLocaleString('en')} stored: ${perSecond.toFixed(0)}/s, ` +
        `${(perSecond / ofWorlds[0].perSecond).toFixed(2)} of the first; ${costInWords(ofWorlds[index])}\n`,
    );
  }
}
