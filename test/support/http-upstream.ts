// An HTTP carrier against an upstream that a test writes below HTTP: for what goes wrong on the way.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { systemRandomBytes } from '../../src/base/id.ts';
import { makeLogger } from '../../src/base/logger.ts';
import { systemTimers, type Timers } from '../../src/base/timers.ts';
import { httpConfig } from '../../src/carriers/http/config.ts';
import type { HttpCarrier } from '../../src/carriers/http/http-carrier.ts';
import { makeHttpCarrier } from '../../src/carriers/http/make-http-carrier.ts';
import { SubmitError } from '../../src/carriers/submit-error.ts';
import { makeHttpClient } from '../../src/webhooks/http/http-client.ts';
import { signCallback } from '../../src/webhooks/http/sign.ts';
import { Recorder } from '../carriers/recorder.ts';
import { sampleSubmission } from './submissions.ts';

/** A server that does with each connection what a test says, once a request has come over it. */
export interface RawUpstream {
  readonly url: string;
  /** How many requests have come. */
  requests(): number;
  close(): Promise<void>;
}

/** Starts a server on a free port of the loopback address. */
export async function startRawUpstream(run: (socket: Socket, request: number) => void): Promise<RawUpstream> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => {
      requests += 1;
      run(socket, requests);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A carrier that has started, and what it tells. */
export interface StartedCarrier {
  readonly carrier: HttpCarrier;
  readonly recorder: Recorder;
}

/** Makes and starts a carrier of Plivo's wire at a URL. */
export async function startCarrier(
  url: string,
  entry: object = {},
  timers: Timers = systemTimers,
): Promise<StartedCarrier> {
  const token = 'the-token-of-the-upstream';
  const config = httpConfig.parse({
    name: 'up',
    type: 'http',
    preset: 'plivo',
    secrets: { id: 'MAXXXXXXXXXXXXXXXXXX', token },
    rate: 0,
    at_once: 1,
    allow_private: true,
    send: { url: `${url}/v1/Account/{secret.id}/Message/` },
    ...entry,
  });
  const carrier = makeHttpCarrier(config, {
    makeClient: (options) => makeHttpClient({ ...options, userAgent: 'Rucksack/test', timers }),
    timers,
    randomBytes: systemRandomBytes,
    logger: makeLogger('silent'),
    pathSecretOf: () => 'the-secret-of-the-path',
    publicUrl: () => 'https://rucksack.example.com',
    signPlivo: signCallback,
  });
  const recorder = new Recorder();
  await carrier.start(recorder);
  return { carrier, recorder };
}

/** Returns how submitting a message failed. */
export async function failureOf(carrier: HttpCarrier): Promise<SubmitError> {
  const error: unknown = await carrier.submit(sampleSubmission()).then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SubmitError, String(error));
  return error;
}
