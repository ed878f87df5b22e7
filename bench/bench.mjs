// `npm run bench [-- --seconds N --rounds N]`: rates of the server beside a bare one, measured in the same run.
// On the embedded database always, on PostgreSQL too when DATABASE_URL names one (a database of its own is made there).
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeReady, root } from '../scripts/ready.mjs';
import { load, requestBytes } from './load.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '4' }, rounds: { type: 'string', default: '3' } },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const connections = 64;
const poolSize = 10_000;
const account = { authId: 'MABENCH0000000000000', authToken: 'bench-token-that-is-long-enough' };
const authorization = `Basic ${Buffer.from(`${account.authId}:${account.authToken}`).toString('base64')}`;

makeReady();
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0].model}), ${connections} connections, `,
);
process.stdout.write(
  `${rounds} rounds of ${seconds} s, medians; load generator and database on the same cores\n\n`,
);

const bare = await startProcess([join(root, 'bench', 'bare-server.mjs')], {});
try {
  await measureEngine('embedded', {});
  if (process.env.DATABASE_URL !== undefined) {
    const database = await makeDatabase(process.env.DATABASE_URL);
    try {
      await measureEngine('PostgreSQL', { DATABASE_URL: database.url });
    } finally {
      await database.drop();
    }
  }
} finally {
  await bare.stop();
}

async function measureEngine(name, environment) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rucksack-bench-'));
  const options = { RUCKSACK_DATA_DIR: dataDir, ...environment };
  try {
    const first = await startServer(options);
    const firstStartMs = first.readyMs;
    await first.stop();
    const server = await startServer(options);
    process.stdout.write(
      `${name}: first start to first answer ${firstStartMs} ms, later starts ${server.readyMs} ms\n`,
    );
    try {
      const world = await fillServer(server.url);
      await measureCases(name, server.url, world);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A powerpack with a pool of 10,000 own numbers, and a hundred powerpacks to update. */
async function fillServer(url) {
  const numbers = Array.from({ length: poolSize }, (_, index) => `1415${2_000_000 + index}`);
  for (let at = 0; at < poolSize; at += 2_000) {
    const some = numbers.slice(at, at + 2_000).join(',');
    await call(url, 'POST', 'Number/', { numbers: some, carrier: 'bench', region: 'bench' });
  }
  const big = await call(url, 'POST', 'Powerpack/', { name: 'big' });
  const poolPath = big.number_pool;
  const queue = [...numbers];
  const adders = Array.from({ length: 32 }, async () => {
    for (let number = queue.pop(); number !== undefined; number = queue.pop()) {
      await call(url, 'POST', `${poolPath}Number/${number}/`);
    }
  });
  await Promise.all(adders);
  const uuids = [];
  for (let index = 0; index < 100; index++) {
    uuids.push((await call(url, 'POST', 'Powerpack/', { name: `bench ${index}` })).uuid);
  }
  return { poolPath, uuids };
}

async function measureCases(engine, url, { poolPath, uuids }) {
  const base = `/v1/Account/${account.authId}`;
  let turn = 0;
  const nextUuid = () => uuids[turn++ % uuids.length];
  const get = (path) => requestBytes({ method: 'GET', path, authorization });
  const cases = [
    ['bare 200', bare.url, () => get('/')],
    ['powerpack get', url, () => get(`${base}/Powerpack/${nextUuid()}/`)],
    [
      'powerpack update',
      url,
      () =>
        requestBytes({
          method: 'POST',
          path: `${base}/Powerpack/${nextUuid()}/`,
          authorization,
          body: { sticky_sender: true, local_connect: turn % 2 === 0 },
        }),
    ],
    [
      'pool list, 10,000 members',
      url,
      () => get(`${poolPath}Number/?limit=20&offset=${(turn++ % 400) * 20}`),
    ],
  ];
  const results = new Map(cases.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, target, nextRequest] of cases) {
      const { hostname: host, port } = new URL(target);
      const prepared = Array.from({ length: 500 }, nextRequest);
      let at = 0;
      const next = () => prepared[at++ % prepared.length];
      results
        .get(name)
        .push(await load({ host, port: Number(port), connections, seconds, status: 200, nextRequest: next }));
    }
  }
  const bareRate = median(results.get('bare 200').map(({ perSecond }) => perSecond));
  for (const [name, measured] of results) {
    const rate = median(measured.map(({ perSecond }) => perSecond));
    const p50 = median(measured.map(({ p50Ms }) => p50Ms));
    const p99 = median(measured.map(({ p99Ms }) => p99Ms));
    const columns = [
      engine.padEnd(11),
      name.padEnd(26),
      `${Math.round(rate)}/s`.padStart(9),
      `ratio ${(rate / bareRate).toFixed(3)}`,
      `p50 ${p50.toFixed(1)} ms`,
      `p99 ${p99.toFixed(1)} ms`,
    ];
    process.stdout.write(`${columns.join('  ')}\n`);
  }
  process.stdout.write('\n');
}

async function startServer(options) {
  const startedAt = performance.now();
  const server = await startProcess([join(root, 'dist', 'src', 'main.js'), 'start'], {
    RUCKSACK_PORT: '0',
    RUCKSACK_LOG_LEVEL: 'warn',
    RUCKSACK_AUTH_ID: account.authId,
    RUCKSACK_AUTH_TOKEN: account.authToken,
    ...options,
  });
  await call(server.url, 'GET', 'Powerpack/');
  return { ...server, readyMs: Math.round(performance.now() - startedAt) };
}

/** Starts a Node process that prints the address it listens on. */
async function startProcess(args, environment) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (/http:\/\/\S+\n/.test(printed)) break;
  }
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
  if (url === undefined) throw new Error(`${args.join(' ')} did not start`);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function call(url, method, path, body) {
  const target = path.startsWith('/') ? path : `/v1/Account/${account.authId}/${path}`;
  const response = await fetch(`${url}${target}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`);
  return answer;
}

async function makeDatabase(serverUrl) {
  const name = `rucksack_bench_${randomBytes(6).toString('hex')}`;
  const run = async (statement) => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
