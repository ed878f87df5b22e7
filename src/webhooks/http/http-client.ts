// The one client for URLs of customers: bounded in time, bytes and connections, and kept out of private networks.
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { Timers } from '../../base/timers.ts';
import { type AddressGuard, makeAddressGuard } from './address-guard.ts';
import type { CutOffSwitch } from './cut-off-switch.ts';
import { decodeAnswer } from './decode-answer.ts';
import { Exchange, type HttpDownload } from './exchange.ts';
import {
  CutOff,
  describeFailure,
  Expired,
  isCutOff,
  isTimeout,
  NameNotFound,
  RefusedAddress,
} from './http-failure.ts';
import type { HttpRequest } from './http-request.ts';

export interface HttpAnswer extends Omit<HttpDownload, 'content'> {
  /** Decoded as it says it is encoded, at most `maxBodyBytes` of it. */
  readonly body: string;
}

/** The result of a request: an answer of any status, or one short sentence that says why there is none. */
export type HttpResult<Answer = HttpAnswer> = { readonly durationMs: number } & (
  | { readonly answer: Answer }
  | {
      readonly error: string;
      readonly isTimeout: boolean;
      /** Whether the client was closed meanwhile. */
      readonly isCutOff: boolean;
      /** Whether there was a connection, so that the receiver may have the request. */
      readonly wasSent: boolean;
    }
);

export interface HttpClient {
  /**
   * Sends a request. Never rejects. A redirect is not followed: it is an answer like any other. `cutOff` ends the request as the end of
   * the client does.
   */
  send(request: HttpRequest, cutOff?: CutOffSwitch): Promise<HttpResult>;
  /** Does the same for a file, of which it keeps `maxBytes` at most. */
  download(request: HttpRequest, maxBytes: number): Promise<HttpResult<HttpDownload>>;
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
  /** The real ones, also where the server's time is simulated: the network's is not. */
  readonly timers: Timers;
  /** How names are looked up; the system's way unless a test says otherwise. */
  readonly lookup?: (hostname: string, options: LookupOptions & { all: true }, found: Found) => void;
}

/** The system's lookup gives no list at all where it fails, whatever its types say. */
type Found = (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void;

export const maxBodyBytes = 64 * 1024;
const maxHeaderBytes = 16 * 1024;
/** Less than hosts usually grant: a call on a connection that its host is just closing would fail. */
const keepAliveMs = 1000;
/** The most where a host says itself how long it keeps a connection. */
const longestKeepAliveMs = 60_000;

/** Makes the client. It follows no proxy settings of the environment. */
export function makeHttpClient(options: HttpClientOptions): HttpClient {
  const { timeoutMs, timers } = options;
  const guard = makeAddressGuard(options.allowedNetworks);
  // An answer is read as it comes; without the last header a server may compress it (RFC 9110 section 12.5.3).
  const ownHeaders = { 'User-Agent': options.userAgent, Accept: '*/*', 'Accept-Encoding': 'identity' };
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

  function download(
    request: HttpRequest,
    maxBytes: number,
    cutOff?: CutOffSwitch,
  ): Promise<HttpResult<HttpDownload>> {
    const { origin, hostname, path, method, headers, body = null } = request;
    const startedMs = timers.now().getTime();
    return new Promise((resolve) => {
      const exchange = new Exchange(maxBytes, (ending) => {
        cancelTimeout();
        cutOff?.onCut(() => {});
        const durationMs = timers.now().getTime() - startedMs;
        if (!(ending instanceof Error)) return resolve({ durationMs, answer: ending });
        resolve({
          durationMs,
          error: describeFailure(ending, timeoutMs),
          isTimeout: isTimeout(ending),
          isCutOff: isCutOff(ending),
          wasSent: exchange.wasSent,
        });
      });
      const cancelTimeout = timers.at(new Date(startedMs + timeoutMs), () => exchange.end(new Expired()));
      cutOff?.onCut(() => exchange.end(new CutOff()));
      // A literal address is connected to without a lookup.
      const reason = isIP(hostname) === 0 ? undefined : guard(hostname);
      if (reason !== undefined) exchange.end(new RefusedAddress(hostname, reason));
      else
        agent.dispatch({ origin, path, method, headers: listHeaders(ownHeaders, headers), body }, exchange);
    });
  }

  return {
    download,
    async send(request, cutOff) {
      const result = await download(request, maxBodyBytes, cutOff);
      if (!('answer' in result)) return result;
      const { status, contentType, headers, content, isCut } = result.answer;
      const body = decodeAnswer(contentType, content);
      return { durationMs: result.durationMs, answer: { status, contentType, headers, body, isCut } };
    },
    close: () => agent.destroy(),
  };
}

/** Returns names and values in turn, those of `headers` in the place of our own. As a list: the library reads it without a look at an object for each request. */
function listHeaders(own: HttpRequest['headers'], headers: HttpRequest['headers']): string[] {
  const list: string[] = [];
  for (const name in own) if (!(name in headers)) list.push(name, own[name] ?? '');
  for (const name in headers) list.push(name, headers[name] ?? '');
  return list;
}

/** Makes a lookup that returns only addresses that may be called. It runs for each connection, so that a changed name is checked again. */
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
