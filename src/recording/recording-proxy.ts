// Stands between a program and the vendor: sends each request on, records it with its response, and returns that response.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import { readUrl } from '../base/read-url.ts';
import { serveConnect } from '../tls/connect-proxy.ts';
import { vendorHosts } from '../tls/vendor-hosts.ts';
import {
  type ForwardedRequest,
  type ForwardedResponse,
  makeForwarder,
  maxBodyBytes,
  readBody,
} from './forward-request.ts';
import { makeMasker } from './masker.ts';
import { readRecordedBody } from './recorded-body.ts';
import type { RecordingFile } from './recording-file.ts';

export interface RecordingOptions {
  /** The vendor, or a server in its place. */
  readonly origin: URL;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly file: RecordingFile;
  /** With them programs reach it as a proxy (`HTTPS_PROXY`) too. */
  readonly certificates: { readonly cert: string; readonly key: string } | undefined;
  readonly now: () => Date;
  readonly randomBytes: RandomBytes;
  /** Writes a line for the person who watches; it holds masked values only. */
  readonly log: (line: string) => void;
}

export interface RecordingProxy {
  readonly port: number;
  /** How many calls have been recorded. */
  readonly recorded: () => number;
  /** Stops after the calls under way. */
  stop(): Promise<void>;
}

/** How long the vendor has for a whole response. */
const responseMs = 60_000;
const maxConnections = 1000;

/** Starts the proxy. A call is recorded before its response is passed on; one that cannot be recorded is passed on all the same. */
export async function startRecordingProxy(options: RecordingOptions): Promise<RecordingProxy> {
  const { host, port, file, certificates, now, randomBytes, log } = options;
  const masker = makeMasker();
  const forwarder = makeForwarder(responseMs);
  let recorded = 0;

  const record = async (request: ForwardedRequest, response: ForwardedResponse, startedAt: Date) => {
    const target = masker.target(request.target);
    const ms = now().getTime() - startedAt.getTime();
    const call = {
      at: startedAt.toISOString(),
      method: request.method,
      target,
      request: masker.body(bodyOf(request)),
      status: response.status,
      response: masker.body(bodyOf(response)),
      ms,
    };
    const isRecorded = await file.append(call);
    if (isRecorded) recorded += 1;
    const note = isRecorded ? '' : ', not recorded: the file is full';
    log(`${request.method} ${target} ${response.status} (${ms} ms${note})`);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = now();
    const refuse = (status: number, error: string) =>
      send(
        response,
        status,
        {},
        Buffer.from(JSON.stringify({ api_id: uuidv7(startedAt, randomBytes), error })),
      );
    const target = targetOf(request.url ?? '');
    if (target === undefined) return refuse(400, 'the request target is no path');
    const body = await readBody(request);
    if (body === undefined) return refuse(413, `the request body is larger than ${maxBodyBytes} bytes`);
    const forwarded = { method: request.method ?? 'GET', target, headers: request.headers, body };
    const origin = originFor(options.origin, request.headers.host);
    let answered: ForwardedResponse;
    try {
      answered = await forwarder.send(origin, forwarded);
    } catch (error) {
      const reason = `${origin.host} could not be asked: ${reasonOf(error)}`;
      log(`${forwarded.method} ${masker.target(target)} not recorded: ${reason}`);
      return refuse(502, reason);
    }
    // The disk may be full, or a body too deep to be masked: the program gets its response all the same.
    await record(forwarded, answered, startedAt).catch((error: unknown) => {
      log(`${forwarded.method} ${masker.target(target)} not recorded: ${reasonOf(error)}`);
    });
    send(response, answered.status, answered.headers, answered.body);
  };
  const underWay = new Set<Promise<unknown>>();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const sent = new Promise((resolve) => response.once('close', resolve));
    underWay.add(sent);
    void sent.then(() => underWay.delete(sent));
    // A program that hangs up in the middle of its request is no failure of ours.
    handle(request, response).catch(() => response.destroy());
  };

  const plain = createServer(listener);
  plain.maxConnections = maxConnections;
  const tls = certificates === undefined ? undefined : createTlsServer(certificates, listener);
  const tunnels = serveConnect(plain, {
    hosts: vendorHosts,
    tlsServer: () => tls,
    newId: () => uuidv7(now(), randomBytes),
  });
  await new Promise<void>((resolve, reject) => {
    plain.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (plain.address() as AddressInfo).port,
    recorded: () => recorded,
    async stop() {
      const closed = new Promise((resolve) => plain.close(resolve));
      await Promise.all(underWay);
      tunnels.closeTunnels();
      plain.closeAllConnections();
      await closed;
      forwarder.close();
      await file.close();
    },
  };
}

/** Returns where a request goes: to the host of the vendor that it was meant for, when the vendor is the origin. */
function originFor(origin: URL, host: string | undefined): URL {
  const isMeantForAnother =
    host !== undefined && vendorHosts.includes(host) && vendorHosts.includes(origin.host);
  return isMeantForAnother ? new URL(`${origin.protocol}//${host}`) : origin;
}

/** Returns path and query of a request target; that of a request to a proxy is a whole URL. */
function targetOf(url: string): string | undefined {
  if (url.startsWith('/')) return url;
  const { pathname = '', search = '' } = readUrl(url) ?? {};
  return pathname.startsWith('/') ? `${pathname}${search}` : undefined;
}

const bodyOf = ({ body, headers }: ForwardedRequest | ForwardedResponse) =>
  readRecordedBody(body, headers['content-type'], headers['content-encoding']);

function send(
  response: ServerResponse,
  status: number,
  headers: ForwardedResponse['headers'],
  body: Uint8Array,
): void {
  const type = 'content-type' in headers || body.length === 0 ? {} : { 'content-type': 'application/json' };
  const size = status === 204 || status === 304 ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...type, ...size }).end(body);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it took too long';
  return 'code' in error ? String(error.code) : error.message;
}
