// Repeats the calls of a recording against a server, and compares each response with the recorded one.
import { OperatorError } from '../base/errors.ts';
import { type Credentials, writeBasicAuth } from '../http/basic-auth.ts';
import { compareResponses, type Divergence } from './compare-responses.ts';
import { maxBodyBytes } from './forward-request.ts';
import { forEachPair } from './json-paths.ts';
import { type RecordedBody, readRecordedBody, writeBody } from './recorded-body.ts';
import type { RecordedCall } from './recorded-call.ts';
import { makeReplayedIds, type ReplayedIds } from './replayed-ids.ts';

interface ReplayOptions {
  /** The server's address, without a path. */
  readonly server: string;
  readonly credentials: Credentials;
  /** Names of fields that are not compared. */
  readonly ignored: ReadonlySet<string>;
}

/** The outcome of one call. */
export interface ReplayedCall {
  readonly call: RecordedCall;
  readonly divergences: readonly Divergence[];
  /** Why it cannot be compared. */
  readonly skipped?: string;
}

const responseMs = 30_000;

/**
 * Repeats calls one after the other, each under the ids that the responses before it brought.
 * @throws OperatorError when the server does not respond.
 */
export async function* replayRecording(
  calls: AsyncIterable<RecordedCall>,
  options: ReplayOptions,
): AsyncGenerator<ReplayedCall> {
  const ids = makeReplayedIds();
  for await (const call of calls) {
    const obstacle = obstacleTo(call);
    if (obstacle !== undefined) {
      yield { call, divergences: [], skipped: obstacle };
      continue;
    }
    learnAccount(ids, call.target, options.credentials);
    const unknown = ids.unknownIn([call.target, ...namedIn(call.request)].join(' '));
    const replayed = await send(call, ids, options);
    learnResponse(ids, call.response, replayed.body);
    if (call.status < 400 && isRefused(replayed.status) && unknown.length > 0) {
      yield { call, divergences: [], skipped: `${unknown.join(', ')} was there before the recording` };
      continue;
    }
    ids.know(JSON.stringify([call.target, call.request, call.response]));
    const recorded = { status: call.status, body: call.response };
    yield { call, divergences: compareResponses(recorded, replayed, options.ignored) };
  }
}

/** Returns why a call cannot be repeated, if it cannot. */
function obstacleTo({ request, status }: RecordedCall): string | undefined {
  if ('omitted' in request) return `its body was not recorded (${request.omitted})`;
  // With credentials that are valid it would be another call.
  return status === 401 ? 'its credentials were refused, and are not recorded' : undefined;
}

const isRefused = (status: number): boolean => status >= 400 && status < 500;

/** Returns the ids, and the sender, that a request names. The recipient may be anyone. */
function namedIn(request: RecordedBody): string[] {
  const fields = 'json' in request ? request.json : 'form' in request ? request.form : undefined;
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields)
    .filter(([name, value]) => /(_id|uuid)$|^src$|^subaccount$/.test(name) && typeof value === 'string')
    .map(([, value]) => value as string);
}

/** Learns that the account of a path is the one whose credentials are used. */
function learnAccount(ids: ReplayedIds, target: string, { authId }: Credentials): void {
  const [account] = /(?<=^\/v1\/Account\/)MA[A-Z0-9]{18}/.exec(target) ?? [];
  if (account === undefined) return;
  ids.learn(account, authId);
  ids.know(account);
}

function learnResponse(ids: ReplayedIds, recorded: RecordedBody, replayed: RecordedBody): void {
  if (!('json' in recorded) || !('json' in replayed)) return;
  forEachPair(recorded.json, replayed.json, (_path, one, other) => {
    if (typeof one === 'string' && typeof other === 'string') ids.learn(one, other);
  });
}

async function send(
  { method, target, request }: RecordedCall,
  ids: ReplayedIds,
  { server, credentials }: ReplayOptions,
): Promise<{ status: number; body: RecordedBody }> {
  const body = method === 'GET' || method === 'HEAD' ? undefined : writeBody(request);
  try {
    const response = await fetch(`${server}${ids.apply(target)}`, {
      method,
      headers: {
        authorization: writeBasicAuth(credentials),
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      body: body === undefined ? null : ids.apply(body.text),
      redirect: 'manual',
      signal: AbortSignal.timeout(responseMs),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > maxBodyBytes) throw new Error(`a response is larger than ${maxBodyBytes} bytes`);
    const type = response.headers.get('content-type') ?? undefined;
    return { status: response.status, body: readRecordedBody(bytes, type, undefined) };
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new OperatorError(`${server} does not respond to ${method} ${target}: ${reason}`);
  }
}
