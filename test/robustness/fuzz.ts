// The properties that are fuzzed: whatever is sent, the answers are in order, nothing changes behind a refusal, and the
// connection and the server go on.
import fc from 'fast-check';
import { answerFault, bareAnswerFault } from './assertions.ts';
import { exchange } from './exchange.ts';
import { type FuzzRequest, fuzzRequests, requestBytes } from './fuzz-requests.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { addressed, rawCases } from './raw-requests.ts';

/** One sentence on what went wrong; undefined when nothing did. */
export type Fault = string | undefined;

/** How long a client waits for more before it hangs up: nothing else ends a request that never becomes whole. */
const patienceMs = 100;

/** Larger requests of the table are not worth damaging over and over. */
const maxDamagedBytes = 50_000;

const followUp = Buffer.from('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');

/** Sends a request and, behind it on the same connection, another one that must be answered too. */
export async function requestFault(world: FuzzWorld, request: FuzzRequest): Promise<Fault> {
  const { method, target } = request;
  const bytes = Buffer.concat([requestBytes(request), followUp]);
  const { answers, rest, failure } = await exchange(world.app.url, bytes, { methods: [method, 'GET'] });
  const isChanged = await restored(world);
  const [answer, next] = answers;
  if (answer === undefined) return `no answer, but ${failure ?? 'an end'} and "${rest.slice(0, 200)}"`;
  if (isChanged && answer.status >= 400) return `${answer.status}, and yet a row changed`;
  if (answer.headers.connection !== 'close' && next?.status !== 200)
    return `the next request on this connection was answered ${next?.status} ${rest.slice(0, 200)}`;
  return answerFault(method, target, answer);
}

export interface Conversation {
  readonly statuses: readonly number[];
  readonly fault: Fault;
}

/**
 * Sends bytes that need not be a request, and a request behind them. Whatever is answered must be in order; no answer
 * at all may be, too, if we hang up (see `ExchangeOptions`).
 */
export async function sendBytes(
  world: FuzzWorld,
  bytes: Buffer,
  hangUpAfterMs?: number,
): Promise<Conversation> {
  const all = hangUpAfterMs === 0 ? bytes : Buffer.concat([bytes, followUp]);
  const options = hangUpAfterMs === undefined ? {} : { hangUpAfterMs };
  const { answers, rest } = await exchange(world.app.url, all, options);
  const isChanged = await restored(world);
  const statuses = answers.map(({ status }) => status);
  if (rest !== '') return { statuses, fault: `something that is no answer: "${rest.slice(0, 200)}"` };
  if (isChanged && answers.length > 0 && statuses.every((status) => status >= 400))
    return { statuses, fault: 'nothing but refusals, and yet a row changed' };
  return { statuses, fault: answers.map(bareAnswerFault).find((fault) => fault !== undefined) };
}

/** Restores what a request changed. Returns whether it had changed anything; a stored answer is no change. */
async function restored(world: FuzzWorld): Promise<boolean> {
  const change = await world.findChange();
  if (change !== 'none') await world.reset();
  return change === 'others';
}

export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
}

/** Runs requests made from the route list. Throws fast-check's report, with seed and counterexample. */
export function fuzzRoutes(world: FuzzWorld, { seed, runs }: FuzzOptions): Promise<void> {
  const requests = fuzzRequests(world).map((request) => ({
    ...request,
    [fc.toStringMethod]: () => shownBytes(requestBytes(request)),
  }));
  return fc.assert(
    fc.asyncProperty(requests, async (request) => refuse(await requestFault(world, request))),
    { seed, numRuns: runs, includeErrorInReport: true },
  );
}

/** Runs the table of odd requests, damaged further. Throws like `fuzzRoutes`. */
export function fuzzBytes(world: FuzzWorld, { seed, runs }: FuzzOptions): Promise<void> {
  const requests = rawCases
    .map((rawCase) => addressed(rawCase, world.app.account))
    .filter((bytes) => bytes.length < maxDamagedBytes);
  const damaged = fc
    .tuple(fc.constantFrom(...requests), fc.array(damages, { maxLength: 3 }))
    .map(([bytes, wounds]) => wounds.reduce<Buffer>((left, wound) => wound(left), bytes))
    .map((bytes) => ({ bytes, [fc.toStringMethod]: () => shownBytes(bytes) }));
  return fc.assert(
    fc.asyncProperty(damaged, async ({ bytes }) => refuse((await sendBytes(world, bytes, patienceMs)).fault)),
    { seed, numRuns: runs, includeErrorInReport: true },
  );
}

type Damage = (bytes: Buffer) => Buffer;

const replacements: fc.Arbitrary<Damage> = fc.oneof(
  fc.uint8Array({ maxLength: 8 }).map(
    (bytes): Damage =>
      () =>
        Buffer.from(bytes),
  ),
  fc.constantFrom('\r\n', '\r\n\r\n', '\n', '\0', ' ', ':', 'chunked', '%', '\xff').map(
    (text): Damage =>
      () =>
        Buffer.from(text, 'latin1'),
  ),
  fc.constant<Damage>((piece) => Buffer.concat([piece, piece])),
);

/** Cuts a piece out, or puts bytes in its place, or repeats it; where, is a share of the whole. */
const damages: fc.Arbitrary<Damage> = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), replacements)
  .map(
    ([share, length, replace]): Damage =>
      (bytes) => {
        const start = Math.floor(bytes.length * share);
        const piece = bytes.subarray(start, start + length);
        return Buffer.concat([bytes.subarray(0, start), replace(piece), bytes.subarray(start + length)]);
      },
  );

function refuse(fault: Fault): void {
  if (fault !== undefined) throw new Error(fault);
}

const shownBytes = (bytes: Buffer) => JSON.stringify(bytes.toString('latin1', 0, 3_000));
