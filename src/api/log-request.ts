// Hands requests over to the log of requests, with what they asked and what was answered.
import { isAuthId } from '../accounts/account.ts';
import { callerOf } from '../audit/caller.ts';
import { isAnsweredRead } from '../audit/requests/logged-request.ts';
import type { RequestLog } from '../audit/requests/request-log.ts';
import { keepsNumber, writeAnswer, writeParameters } from '../audit/requests/write-request.ts';
import { storableText } from '../base/storable-text.ts';
import type { Scope } from '../http/endpoint.ts';
import { type ApiRequest, readRequestContent } from './api-request.ts';
import type { Refusal, Reply } from './reply.ts';
import { type ApiParts, pathBelowAccount, type Route } from './routes.ts';

/** The facts of a request that the request pipeline has answered. */
interface RequestFacts {
  readonly apiId: string;
  readonly at: Date;
  readonly durationMs: number;
  /** Undefined where the credentials were refused. */
  readonly scope: Scope | undefined;
  /** Undefined where the body was not read. */
  readonly body: Promise<Buffer | undefined> | undefined;
}

interface LoggingParts {
  readonly requestLog: RequestLog;
  readonly endpointParts: Pick<ApiParts, 'operating'>;
}

/** So much of a path, and of the name of a client, is logged. */
const maxLength = 300;

/** Returns a text as the database takes it, of a limited length. */
const storable = (text: string): string => storableText(text.slice(0, maxLength));

/** The longest duration that the database takes, in milliseconds: a stream may be open for longer. */
const maxDurationMs = 2 ** 31 - 1;
/** A longer body is not read again: its parameters would be too long. */
const maxReadBytes = 65_536;

/** The parameters of a request, as the log has them. */
interface Asked {
  readonly parameters: string | undefined;
  /** Whether its answer is logged too: it may quote a number that is not to be kept. */
  readonly logsAnswer: boolean;
}

/** Logs a request of a route. It never fails: a body that cannot be read leaves no parameters. */
export async function logRequest(
  { requestLog, endpointParts }: LoggingParts,
  route: Route,
  request: ApiRequest,
  { apiId, at, durationMs, scope, body }: RequestFacts,
  reply: Reply,
): Promise<void> {
  const { auth_id: pathAccount, ...segments } = request.pathParameters;
  const accountId = scope?.accountId ?? pathAccount;
  if (accountId === undefined || !isAuthId(accountId)) return;
  const { method, address } = request;
  const isRead = isAnsweredRead({ method, status: reply.status });
  if (!requestLog.takePlace(scope && accountId, isRead)) return;
  const asked = scope === undefined ? nothing : await readParameters(route, request, body);
  requestLog.add({
    id: apiId,
    accountId,
    at,
    durationMs: Math.min(Math.round(durationMs), maxDurationMs),
    caller: scope && callerOf(scope, endpointParts.operating.operatorId()),
    address,
    client: request.userAgent === undefined ? undefined : storable(request.userAgent),
    method,
    path: storable(pathBelowAccount(route.path, segments)),
    status: reply.status,
    parameters: asked.parameters,
    answer: isRead || !asked.logsAnswer ? undefined : writeAnswer(reply.body),
  });
}

const nothing: Asked = { parameters: undefined, logsAnswer: true };

/** Returns what a request asked; no parameters where there are none, or none that can be read. Files are not read again. */
async function readParameters(
  { endpoint }: Route,
  request: ApiRequest,
  body: RequestFacts['body'],
): Promise<Asked> {
  try {
    const received = { ...request, body: endpoint.files === undefined ? await body : undefined };
    const length = received.body?.length ?? 0;
    if (length > maxReadBytes) return { parameters: JSON.stringify({ too_long: length }), logsAnswer: false };
    const { parameters } = await readRequestContent(received, endpoint);
    return { parameters: writeParameters(parameters), logsAnswer: keepsNumber(parameters) };
  } catch {
    // Whatever is wrong with the body has been answered: it is not read a second time for the log.
    return nothing;
  }
}

/** An address of the API, whatever its path below the account; the slash at its end is gone already. */
const apiAddress = /^\/v1\/Account\/([^/?]+)(?:\/([^?]*))?/;

/** A request that no endpoint saw. */
interface UnroutedRequest {
  readonly method: string;
  readonly url: string;
  readonly address: string;
}

/** Logs a request that no endpoint saw, where its address names an account. */
export function logUnrouted(
  { requestLog }: Pick<LoggingParts, 'requestLog'>,
  { method, url, address }: UnroutedRequest,
  { apiId, at, status, body }: Refusal,
): void {
  const [, accountId, path = ''] = apiAddress.exec(url) ?? [];
  if (accountId === undefined || !isAuthId(accountId)) return;
  if (!requestLog.takePlace(undefined, isAnsweredRead({ method, status }))) return;
  requestLog.add({
    id: apiId,
    accountId,
    at,
    durationMs: 0,
    caller: undefined,
    address,
    client: undefined,
    method,
    path: path === '' ? '' : `${storable(path)}/`,
    status,
    parameters: undefined,
    answer: writeAnswer(body),
  });
}
