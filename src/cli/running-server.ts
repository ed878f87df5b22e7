// The server that runs on a data directory, found by what its start wrote there, and asked over HTTP.
import type { Config } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import { type Credentials, writeBasicAuth } from '../http/basic-auth.ts';
import { readEnvFile, type ServerAccess, writeEnvFile } from './env-file.ts';
import { readReadyFile } from './ready-file.ts';

const answerMs = 3000;
/** Gigabytes take minutes on a slow disk. */
const copyMs = 30 * 60_000;

/**
 * Returns the address and the credentials of the server that runs on the embedded database of a configuration, or `undefined` where
 * none answers.
 * @throws OperatorError when one answers, but the token that its start wrote has been rotated since.
 */
export async function findRunningServer(config: Config): Promise<ServerAccess | undefined> {
  if (config.databaseUrl !== undefined) return undefined;
  const access = await readEnvFile(config.dataDir);
  if (access === undefined) return undefined;
  const answer = await call(access, '', { method: 'GET' }).catch(() => undefined);
  if (answer?.status !== 401) return answer?.ok ? access : undefined;
  throw new OperatorError(
    `the token of ${access.authId} has been rotated since the server at ${access.url} was started; its next start writes the new one`,
  );
}

/** Options that name the server that a command works on. */
export interface ServerOptions {
  /** The file that the server writes when it is ready (`--ready-file`). */
  readonly readyFile?: string;
  /** Its address; the credentials are those of the configuration. */
  readonly server?: URL;
}

/**
 * Returns the server that a command works on: the one that is named, else the one that runs on the data directory.
 * @throws OperatorError when there is none.
 */
export async function requireServer(
  config: Config,
  { readyFile, server }: ServerOptions,
): Promise<ServerAccess> {
  if (server !== undefined) {
    if (config.firstAccount !== undefined) return { url: server.origin, ...config.firstAccount };
    throw new OperatorError('--server needs RUCKSACK_AUTH_ID and RUCKSACK_AUTH_TOKEN, the account there');
  }
  const found = readyFile === undefined ? await findRunningServer(config) : await readReadyFile(readyFile);
  if (found !== undefined) return found;
  throw new OperatorError('no server runs on this data directory; start it, or name its --ready-file');
}

/** Asks a running server to rotate the token of its account, and writes the new one into the data directory; returns the new credentials. */
export async function rotateTokenOf(
  { dataDir }: Config,
  server: ServerAccess,
  graceSeconds: number,
): Promise<Credentials> {
  const body = JSON.stringify({ grace_seconds: graceSeconds });
  const answer = await call(server, 'Token/', { method: 'POST', body });
  if (!answer.ok) throw new OperatorError(`the server at ${server.url} answers ${answer.status}`);
  const { auth_token: authToken } = (await answer.json()) as { auth_token: string };
  await writeEnvFile(dataDir, { ...server, authToken });
  return { authId: server.authId, authToken };
}

/**
 * Asks a running server for a copy of its embedded database in the data directory.
 * @throws OperatorError when it makes none.
 */
export async function copyDatabaseOf(server: ServerAccess): Promise<void> {
  const answer = await call(server, 'DatabaseCopy/', { method: 'POST' }, copyMs);
  if (answer.ok) return;
  const { error } = (await answer.json()) as { error: string };
  const hint = answer.status === 404 ? `; only the operator's account may, and ${server.authId} asked` : '';
  throw new OperatorError(`the server at ${server.url} made no copy of its database: ${error}${hint}`);
}

function call(
  server: ServerAccess,
  path: string,
  request: RequestInit,
  timeLimitMs = answerMs,
): Promise<Response> {
  return fetch(`${server.url}/v1/Account/${server.authId}/${path}`, {
    ...request,
    headers: { authorization: writeBasicAuth(server), 'content-type': 'application/json' },
    signal: AbortSignal.timeout(timeLimitMs),
  });
}
