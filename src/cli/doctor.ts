// `rucksack doctor`: reports the configuration, what is reachable, and what is wrong. It changes nothing.

import { constants, existsSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { checkSecretKey } from '../accounts/secret-key.ts';
import { listEncryptedTokens } from '../accounts/store.ts';
import { systemClock } from '../base/clock.ts';
import { type Config, readConfig } from '../base/config.ts';
import { hostText } from '../base/host-text.ts';
import type { Reader } from '../db/db.ts';
import { measureLag } from '../db/replica/measure-lag.ts';
import { openReplica } from '../db/replica/open-replica.ts';
import { lagOf } from '../db/replica/replica-lag.ts';
import { openConfiguredDatabase, openSecretKey, realEnvironment } from '../open-base.ts';
import { readCertificates } from '../tls/read-certificates.ts';
import { adviceFor } from '../tls/vendor-hosts.ts';
import { findRunningServer } from './running-server.ts';

/** The result of one check: in order, or wrong. */
interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly detail: string;
}

/** Adds `doctor`: one line for each finding on standard output; the exit code is 1 when one of them is wrong. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check the configuration and everything it points at; exits with 1 when something is wrong')
    .action(async () => {
      const findings = await examine();
      for (const { ok, what, detail } of findings) {
        process.stdout.write(`${ok ? 'ok   ' : 'WRONG'}  ${what}: ${detail}\n`);
      }
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  /** Records the detail that a check returns, or its error. */
  const check = async (what: string, look: () => Promise<string>): Promise<boolean> => {
    try {
      findings.push({ ok: true, what, detail: await look() });
      return true;
    } catch (error) {
      findings.push({ ok: false, what, detail: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };

  const readable = await check('configuration', async () => {
    const { dataDir, host, port } = readConfig();
    return `data in ${dataDir}, listening on ${host}:${port}`;
  });
  if (!readable) return findings;
  const config = readConfig();
  // Loaded only here: it knows every kind of carrier, and every command reads this file.
  const { checkCarriers } = await import('./check-carriers.ts');
  await checkCarriers(config, realEnvironment.timers, check);
  await check('data directory', () => describeDataDirectory(config));
  await check('certificates', () => describeCertificates(config));
  let running = false;
  await check('server', async () => {
    const url = await addressOf(config);
    const answer = await askReady(url);
    running = answer !== 'none';
    return describeServer(url, answer);
  });
  await check('database', async () =>
    // A running server has the embedded database open.
    running && config.databaseUrl === undefined
      ? 'embedded, in use by the running server'
      : describeDatabase(config),
  );
  const { readReplica } = config;
  if (readReplica !== undefined) await check('standby for reads', () => describeReplica(config, readReplica));
  return findings;
}

/** Checks that this user may write to the data directory, or make it. */
async function describeDataDirectory({ dataDir }: Config): Promise<string> {
  const isThere = existsSync(dataDir);
  const nearest = isThere ? dataDir : nearestDirectory(dataDir);
  await access(nearest, constants.W_OK | constants.X_OK).catch(() => {
    throw new Error(`${nearest} cannot be written by this user; RUCKSACK_DATA_DIR chooses another directory`);
  });
  if (!isThere) return 'not there yet; the first start makes it';
  const { bavail, bsize } = await statfs(dataDir);
  return `can be written, ${Math.floor((bavail * bsize) / 1e6)} MB free`;
}

function nearestDirectory(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) ? parent : nearestDirectory(parent);
}

async function describeCertificates(config: Config): Promise<string> {
  const certificates = await readCertificates(join(config.dataDir, 'certs'), systemClock());
  if (certificates === undefined) return 'none, so TLS is off; make them with: rucksack certs';
  const { expiresAt, missingHosts } = certificates;
  const good = `good until ${expiresAt.toISOString().slice(0, 10)}, TLS on port ${config.tlsPort}`;
  return missingHosts.length === 0 ? good : `${good}; but ${adviceFor(missingHosts)}`;
}

const answerMs = 3000;

/** Returns where a server of this configuration is, if one runs. */
async function addressOf(config: Config): Promise<string> {
  const configured = config.publicUrl ?? `http://${hostText({ address: config.host, port: config.port })}`;
  // A server that was started with another port or address has written down which.
  return (await findRunningServer(config))?.url ?? configured;
}

/** Asks the server whether it is ready; returns its answer, `none` where no server is, or `silence` where one does not answer. */
async function askReady(url: string): Promise<Response | 'none' | 'silence'> {
  const timeLimit = AbortSignal.timeout(answerMs);
  return fetch(`${url}/readyz`, { signal: timeLimit }).catch(() => (timeLimit.aborted ? 'silence' : 'none'));
}

/**
 * Returns what the answer of a server tells of it.
 * @throws Error when it is not ready.
 */
async function describeServer(url: string, answer: Response | 'none' | 'silence'): Promise<string> {
  if (answer === 'none') return 'none is running';
  if (answer === 'silence') {
    throw new Error(
      `${url}/readyz does not answer within ${answerMs / 1000} s: it hangs, or its database does`,
    );
  }
  if (answer.ok) return `ready at ${url}`;
  // What answers there may be a proxy, without our JSON.
  const { status } = (await answer.json().catch(() => ({}))) as { status?: string };
  throw new Error(`${url}/readyz answers ${answer.status}${status === undefined ? '' : `: ${status}`}`);
}

/** Opens the database if there is one, and tries the secret key on every token. */
async function describeDatabase(config: Config): Promise<string> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'database'))) {
    return 'embedded, not there yet; the first start makes it';
  }
  const db = await openConfiguredDatabase(config, { leaveSchema: true });
  try {
    if (db.engine === 'postgresql' && !(await hasTables(db))) {
      return 'PostgreSQL, without our tables yet; the first start makes them';
    }
    if (config.secretKey === undefined && !existsSync(join(config.dataDir, 'secret.key'))) {
      throw new Error(`there is no secret key in ${config.dataDir}; auth tokens cannot be read without it`);
    }
    const encrypter = await openSecretKey(config, realEnvironment);
    const { size } = await listEncryptedTokens(db);
    await checkSecretKey(db, encrypter);
    return `${db.engine}, ${size} auth tokens that the secret key can read`;
  } finally {
    await db.close();
  }
}

/** Returns whether a server has started on the database before: the secret key is made only then. */
async function hasTables(db: Reader): Promise<boolean> {
  const [row] = await db.query<{ there: boolean }>(`select to_regclass('auth_tokens') is not null as there`);
  return row?.there === true;
}

/** Measures how far the standby is behind. */
async function describeReplica(
  config: Config,
  { url, maxLagMs }: NonNullable<Config['readReplica']>,
): Promise<string> {
  const db = await openConfiguredDatabase(config, { leaveSchema: true });
  const replica = openReplica(url, 1, realEnvironment.timers);
  try {
    const lagMs = lagOf(await measureLag(db, replica, systemClock), undefined);
    if (lagMs === undefined) throw new Error('DATABASE_READ_URL leads to no standby');
    const words = `${Math.round(lagMs)} ms behind`;
    if (lagMs > maxLagMs) throw new Error(`${words}, more than RUCKSACK_READ_LAG_SECONDS`);
    return words;
  } finally {
    await replica.close();
    await db.close();
  }
}
