// Stands between a program and the vendor: sends each request on, records it with its response, and returns that response.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import { readUrl } from '../base/read-url.ts';
import { serveConnect } from '../tls/connect-proxy.ts';
import { vendorHosts } from '../tls/vendor-hosts.ts';
import { CallRecorder, type RecorderParts, reasonOf } from './call-recorder.ts';
import {
  type ForwardedResponse,
  type Forwarder,
  makeForwarder,
  maxBodyBytes,
  readBody,
} from './forward-request.ts';

interface RecordingOptions extends RecorderParts {
  /** The vendor, or a server in its place. */
  readonly origin: URL;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** With them programs reach it as a proxy (`HTTPS_PROXY`) too. */
  readonly certificates: { readonly cert: string; readonly key: string } | undefined;
  readonly randomBytes: RandomBytes;
}

interface RecordingProxy {
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
  const { host, port, file, certificates, now, randomBytes } = options;
  const recorder = new CallRecorder(options);
  const forwarder = makeForwarder(responseMs);
  const newId = (at: Date) => uuidv7(at, randomBytes);
  const underWay = new Set<Promise<unknown>>();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const sent = new Promise((resolve) => response.once('close', resolve));
    underWay.add(sent);
    void sent.then(() => underWay.delete(sent));
    passOn(request, response, { origin: options.origin, now, newId, forwarder, recorder }).catch(() =>
      // A program that hangs up in the middle of its request is no failure of ours.
      response.destroy(),
    );
  };

  const plain = createServer(listener);
  plain.maxConnections = maxConnections;
  const tls = certificates === undefined ? undefined : createTlsServer(certificates, listener);
  const tunnels = serveConnect(plain, {
    hosts: vendorHosts,
    tlsServer: () => tls,
    newId: () => newId(now()),
  });
  await new Promise<void>((resolve, reject) => {
    plain.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (plain.address() as AddressInfo).port,
    recorded: () => recorder.count,
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

interface PassingParts {
  readonly origin: URL;
  readonly now: () => Date;
  readonly newId: (at: Date) => string;
  readonly forwarder: Forwarder;
  readonly recorder: CallRecorder;
}

/** Sends a request to the vendor, records it with the response, and sends that back. */
async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { origin, now, newId, forwarder, recorder }: PassingParts,
): Promise<void> {
  const startedAt = now();
  const refuse = (status: number, error: string) =>
    send(response, status, {}, Buffer.from(JSON.stringify({ api_id: newId(startedAt), error })));
  const target = targetOf(request.url ?? '');
  if (target === undefined) return refuse(400, 'the request target is no path');
  const body = await readBody(request);
  if (body === undefined) return refuse(413, `the request body is larger than ${maxBodyBytes} bytes`);
  const forwarded = { method: request.method ?? 'GET', target, headers: request.headers, body };
  const vendor = originFor(origin, request.headers.host);
  let received: ForwardedResponse;
  try {
    received = await forwarder.send(vendor, forwarded);
  } catch (error) {
    const reason = `${vendor.host} could not be asked: ${reasonOf(error)}`;
    recorder.logUnrecorded(forwarded, reason);
    return refuse(502, reason);
  }
  await recorder.record(forwarded, received, startedAt);
  send(response, received.status, received.headers, received.body);
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
