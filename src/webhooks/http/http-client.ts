// The one client for URLs of customers: bounded in time, bytes and connections, and kept out of private networks.
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { Timers } from '../../base/timers.ts';
import { type AddressGuard, makeAddressGuard } from './address-guard.ts';
import { decodeAnswer } from './decode-answer.ts';
import {
  describeFailure,
  Expired,
  isCutOff,
  isTimeout,
  NameNotFound,
  RefusedAddress,
} from './http-failure.ts';
import type { HttpRequest } from './http-request.ts';

export interface HttpAnswer {
  readonly status: number;
  /** As it was sent; empty when there was none. */
  readonly contentType: string;
  /** Decoded as it says it is encoded, at most `maxBodyBytes` of it. */
  readonly body: string;
  /** Whether there was more than that. */
  readonly isCut: boolean;
}

/** What came of a request: an answer of any status, or one short sentence that says why there is none. */
export type HttpResult = { readonly durationMs: number } & (
  | { readonly answer: HttpAnswer }
  | {
      readonly error: string;
      readonly isTimeout: boolean;
      /** Whether the client was closed meanwhile. */
      readonly isCutOff: boolean;
    }
);

export interface HttpClient {
  /** Sends a request. Never rejects. A redirect is not followed: it is an answer like any other. */
  send(request: HttpRequest): Promise<HttpResult>;
  /** Ends the connections; what is still under way fails. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /** How long all of it may take: looking up the name, connecting, and the whole answer. */
  readonly timeoutMs: number;
  /** The most calls, and so connections, to one host and port at once. */
  readonly callsPerHost: number;
  /** Addresses and networks that may be called although they are not public. */
  readonly allowedNetworks: readonly string[];
  readonly userAgent: string;
  /** The real ones, also where the server's time is a simulation: the network does not know of it. */
  readonly timers: Timers;
  /** How names are looked up; the system's way unless a test says otherwise. */
  readonly lookup?: (hostname: string, options: LookupOptions & { all: true }, found: Found) => void;
}

/** The system's lookup gives no list at all where it fails, whatever its types say. */
type Found = (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void;

export const maxBodyBytes = 64 * 1024;
const maxHeaderBytes = 16 * 1024;
/** Less than receivers usually grant: a connection that the receiver is just closing would cost a call its attempt. */
const keepAliveMs = 1000;
/** Where the receiver says how long it keeps a connection, so long at most. */
const longestKeepAliveMs = 60_000;

/** Makes the client. It follows no proxy settings of the environment. */
export function makeHttpClient(options: HttpClientOptions): HttpClient {
  const { timeoutMs, timers, userAgent } = options;
  const guard = makeAddressGuard(options.allowedNetworks);
  const agent = new Agent({
    connections: options.callsPerHost,
    pipelining: 1,
    maxHeaderSize: maxHeaderBytes,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: longestKeepAliveMs,
    // There is one limit, on the whole; these would only count a part of it.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs, lookup: guardedLookup(guard, options.lookup ?? systemLookup) },
  });

  function dispatch(request: HttpRequest, exchange: Exchange): void {
    // A literal address is connected to without a lookup.
    const reason = isIP(request.hostname) === 0 ? undefined : guard(request.hostname);
    if (reason !== undefined) {
      exchange.fail(new RefusedAddress(request.hostname, reason));
      return;
    }
    const { origin, path, method, body = null } = request;
    // What is answered is read as it comes; without the header a server may compress it (RFC 9110 section 12.5.3).
    const headers = {
      'User-Agent': userAgent,
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      ...request.headers,
    };
    agent.dispatch({ origin, path, method, headers, body }, exchange);
  }

  return {
    send(request) {
      const startedMs = timers.now().getTime();
      return new Promise((resolve) => {
        const exchange = new Exchange((outcome) => {
          cancelTimeout();
          const durationMs = timers.now().getTime() - startedMs;
          resolve(
            'answer' in outcome
              ? { durationMs, answer: outcome.answer }
              : {
                  durationMs,
                  error: describeFailure(outcome.error, timeoutMs),
                  isTimeout: isTimeout(outcome.error),
                  isCutOff: isCutOff(outcome.error),
                },
          );
        });
        const cancelTimeout = timers.at(new Date(startedMs + timeoutMs), () => exchange.expire());
        try {
          dispatch(request, exchange);
        } catch (error) {
          exchange.fail(error);
        }
      });
    },
    close: () => agent.destroy(),
  };
}

/** A lookup that keeps only addresses that may be called, at the moment of connecting: a name that changes its mind is no way in. */
function guardedLookup(
  guard: AddressGuard,
  lookup: NonNullable<HttpClientOptions['lookup']>,
): LookupFunction {
  return (hostname, options, found) => {
    lookup(hostname, { ...options, all: true }, (error, addresses = []) => {
      const callable = addresses.filter(({ address }) => guard(address) === undefined);
      const [first] = callable;
      if (first === undefined) found(error ?? whyNone(guard, addresses), []);
      else if (options.all) found(null, callable);
      else found(null, first.address, first.family);
    });
  };
}

function whyNone(guard: AddressGuard, [first]: readonly LookupAddress[]): Error {
  const reason = first === undefined ? undefined : guard(first.address);
  return first === undefined || reason === undefined
    ? new NameNotFound()
    : new RefusedAddress(first.address, reason);
}

type Outcome = { readonly answer: HttpAnswer } | { readonly error: unknown };

/** Thrown into the connection when nobody waits for the rest any more. */
const enough = new Error('The rest of the answer is not wanted');

/** One request under way, as the library reports it. It ends once, whatever comes afterwards. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #end: (outcome: Outcome) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #hasEnded = false;
  #status = 0;
  #contentType = '';
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(end: (outcome: Outcome) => void) {
    this.#end = end;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#hasEnded) controller.abort(enough);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    const contentType = headers['content-type'] ?? '';
    this.#status = status;
    this.#contentType = typeof contentType === 'string' ? contentType : (contentType[0] ?? '');
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#hasEnded) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes <= maxBodyBytes) return;
    this.#answer(true);
    controller.abort(enough);
  }

  onResponseEnd(): void {
    this.#answer(false);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.fail(error);
  }

  /** Ends it without an answer because its time is over. */
  expire(): void {
    this.fail(new Expired());
    this.#controller?.abort(enough);
  }

  fail(error: unknown): void {
    this.#finish({ error });
  }

  #answer(isCut: boolean): void {
    const bytes = Buffer.concat(this.#chunks).subarray(0, maxBodyBytes);
    const body = decodeAnswer(this.#contentType, bytes);
    this.#finish({ answer: { status: this.#status, contentType: this.#contentType, body, isCut } });
  }

  #finish(outcome: Outcome): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#chunks = [];
    this.#end(outcome);
  }
}
