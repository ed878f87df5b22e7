// Processes for the benchmark: the server, the bare yardstick, databases of their own, and calls to the API.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { root } from '../scripts/ready.mjs';

/** Returns a caller of the API: an account's settings for a server that makes it, its path, its header. */
function callerNamed(authId) {
  const authToken = 'bench-token-that-is-long-enough';
  return {
    settings: { RUCKSACK_AUTH_ID: authId, RUCKSACK_AUTH_TOKEN: authToken },
    path: `/v1/Account/${authId}`,
    authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`,
  };
}

export const benchCaller = callerNamed('MABENCH0000000000000');
/** A second account, for what one of them costs the other. */
export const neighbour = callerNamed('MANEIGHBOUR000000000');

/**
 * Runs `work` with a home for servers: a data directory, and on PostgreSQL a database of their own; both are gone afterwards.
 * `work` is given the settings of every server that lives there, and the database's URL.
 */
export async function withHome(engine, work) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rucksack-bench-'));
  const database = engine === 'PostgreSQL' ? await makeDatabase(process.env.DATABASE_URL) : undefined;
  const environment = { RUCKSACK_DATA_DIR: dataDir };
  if (database !== undefined) environment.DATABASE_URL = database.url;
  try {
    await work(environment, { dataDir, databaseUrl: database?.url });
  } finally {
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts the server. With `profileDir` it writes a CPU profile there when it stops. `onLog` is given its lines instead of our standard error. */
export async function startServer(environment, profileDir, onLog) {
  const startedAt = performance.now();
  const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const settings = {
    RUCKSACK_PORT: '0',
    RUCKSACK_TLS_PORT: '0',
    RUCKSACK_LOG_LEVEL: 'warn',
    ...benchCaller.settings,
    ...environment,
  };
  const args = [...profile, join(root, 'dist', 'server', 'main.js'), 'start'];
  const server = await startProcess(args, settings, onLog);
  await call(server.url, 'GET', '/healthz');
  return { ...server, readyMs: Math.round(performance.now() - startedAt) };
}

/** Starts a Node process that prints the address it listens on. */
export async function startProcess(args, environment = {}, onLog = undefined) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', onLog === undefined ? 'inherit' : 'pipe'],
  });
  if (onLog !== undefined) createInterface({ input: child.stderr }).on('line', onLog);
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (/http:\/\/\S+\n/.test(printed)) break;
  }
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
  if (url === undefined) throw new Error(`${args.join(' ')} did not start`);
  return {
    url,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Calls the API; a path without a leading slash is below the account. */
export async function call(url, method, path, body, caller = benchCaller) {
  const target = path.startsWith('/') ? path : `${caller.path}/${path}`;
  const response = await fetch(`${url}${target}`, {
    method,
    headers: { authorization: caller.authorization, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 200)}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}

/** The most numbers that one call takes. */
const perCall = 2_000;

/** Imports numbers of our own and puts them into the pool of a new powerpack. */
export async function makePowerpack(url, name, numbers, settings = {}, caller = benchCaller) {
  await importNumbers(url, numbers, caller);
  const powerpack = await call(url, 'POST', 'Powerpack/', { name, ...settings }, caller);
  for (let at = 0; at < numbers.length; at += perCall) {
    const some = numbers.slice(at, at + perCall).join(',');
    await call(url, 'POST', `${powerpack.number_pool}Number/`, { numbers: some }, caller);
  }
  return { uuid: powerpack.uuid, poolPath: powerpack.number_pool };
}

/** Imports numbers of our own. */
export async function importNumbers(url, numbers, caller = benchCaller) {
  for (let at = 0; at < numbers.length; at += perCall) {
    const some = numbers.slice(at, at + perCall).join(',');
    await call(url, 'POST', 'Number/', { numbers: some, carrier: 'bench', region: 'bench' }, caller);
  }
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
