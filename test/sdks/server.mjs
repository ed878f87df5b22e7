// A Rucksack for one run: a process with an empty database, certificates, and an account known beforehand.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/ready.mjs';
import { neutralEnvironment, runOrThrow } from './processes.mjs';

const main = join(root, 'dist', 'server', 'main.js');
const authId = 'MASDKCHECKS000000001';
const authToken = 'bm90LWEtcmVhbC10b2tlbi1qdXN0LWEtc2FtcGxl';
const startLimitMs = 60_000;
const stopLimitMs = 15_000;

/**
 * The facts of a server that the checks use.
 * @typedef {object} Server
 * @property {string} url
 * @property {string} folder a folder for files of the run, removed with the server
 * @property {string} caFile certificate of the authority that the server's own is signed by
 * @property {string} authId
 * @property {string} authToken
 * @property {NodeJS.ProcessEnv} environment environment for a program that uses an SDK
 * @property {(method: string, path: string, body?: object) => Promise<{ status: number, body?: any }>} call
 *   calls the API without any SDK; the path is below the account
 */

/**
 * Starts a server, lets `use` have it, and stops it and removes its files, whatever happens.
 * @template Result
 * @param {AbortSignal} signal
 * @param {(server: Server) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withServer(signal, use) {
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-sdks-'));
  try {
    const env = {
      ...neutralEnvironment(),
      RUCKSACK_DATA_DIR: join(folder, 'data'),
      RUCKSACK_PORT: '0',
      RUCKSACK_TLS_PORT: '0',
      RUCKSACK_LOG_LEVEL: 'warn',
      RUCKSACK_PACING: 'unlimited',
      RUCKSACK_AUTH_ID: authId,
      RUCKSACK_AUTH_TOKEN: authToken,
    };
    const node = process.execPath;
    await runOrThrow({ program: node, args: [main, 'certs'], env }, { limitMs: startLimitMs, signal });
    const child = spawn(node, [main, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const url = await readAddress(child, AbortSignal.any([signal, AbortSignal.timeout(startLimitMs)]));
      return await use(describe(url, folder));
    } finally {
      await stop(child);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until the server says where it listens, and that it is ready. */
async function readAddress(child, signal) {
  let url;
  for await (const line of createInterface({ input: child.stdout, signal })) {
    url = /^Rucksack listens on (\S+)/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  signal.throwIfAborted();
  if (url === undefined) throw new Error('the server ended without saying where it listens');
  child.stdout.resume();
  while (!(await fetch(`${url}/readyz`, { signal })).ok) await delay(50, undefined, { signal });
  return url;
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const hanging = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await exited;
  clearTimeout(hanging);
}

/** @returns {Server} */
function describe(url, folder) {
  const caFile = join(folder, 'data', 'certs', 'ca.pem');
  const authorization = `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`;
  return {
    url,
    folder,
    caFile,
    authId,
    authToken,
    environment: {
      ...neutralEnvironment(),
      RUCKSACK_URL: url,
      PLIVO_AUTH_ID: authId,
      PLIVO_AUTH_TOKEN: authToken,
      SERVER_URL: url,
      SERVER_CA_FILE: caFile,
    },
    async call(method, path, body) {
      const response = await fetch(`${url}/v1/Account/${authId}/${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}
