// The server that runs on a data directory, found by what its start wrote there, and asked over HTTP.
import type { Config } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import { type Credentials, writeBasicAuth } from '../http/basic-auth.ts';
import { readEnvFile, type ServerAccess, writeEnvFile } from './env-file.ts';

const answerMs = 3000;

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

function call(server: ServerAccess, path: string, request: RequestInit): Promise<Response> {
  return fetch(`${server.url}/v1/Account/${server.authId}/${path}`, {
    ...request,
    headers: { authorization: writeBasicAuth(server), 'content-type': 'application/json' },
    signal: AbortSignal.timeout(answerMs),
  });
}
