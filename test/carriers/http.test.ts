// The HTTP carrier keeps the contract of carriers, against a server of Plivo's wire.
import assert from 'node:assert/strict';
import { systemRandomBytes } from '../../src/base/id.ts';
import { makeLogger } from '../../src/base/logger.ts';
import { systemTimers } from '../../src/base/timers.ts';
import type { InboundMessage } from '../../src/carriers/carrier.ts';
import { httpConfig } from '../../src/carriers/http/config.ts';
import { HttpCarrier } from '../../src/carriers/http/http-carrier.ts';
import { makeWebhookUrls } from '../../src/carriers/http/webhook-urls.ts';
import type { SubmitFailure } from '../../src/carriers/submit-error.ts';
import { makeHttpClient } from '../../src/webhooks/http/http-client.ts';
import { signCallback } from '../../src/webhooks/http/sign.ts';
import { HttpPeer, type PeerAnswer } from '../support/http-peer.ts';
import { carrierContract } from './contract.ts';

const token = 'the-token-of-the-upstream';
const pathSecret = 'the-secret-of-the-path';
const publicUrl = 'https://rucksack.example.com';
const { inboundUrl } = makeWebhookUrls(() => publicUrl, 'up', pathSecret);

/** The peer's answer for each failure; the body names those that have no status of their own. */
const answers: Partial<Record<SubmitFailure, PeerAnswer>> = {
  throttled: { status: 429, headers: { 'Retry-After': '1' } },
  lostInFlight: 'reset',
  unanswered: { status: 502 },
  misconfigured: { status: 401 },
  noCredit: { status: 402 },
  carrierFault: { status: 409 },
  tooLong: { status: 413 },
  invalidMessage: { status: 400 },
  invalidSender: { status: 400, body: { error: 'src is not yours' } },
  invalidDestination: { status: 400, body: { error: 'dst is no number' } },
};
const inBody: readonly SubmitFailure[] = [
  'spam',
  'unavailable',
  'noRoute',
  'prohibited',
  'optedOut',
  'countryBarred',
  'unknown',
];
for (const failure of inBody) answers[failure] = { status: 422, body: { reason: failure } };

const abilities = {
  failures: [...(Object.keys(answers) as SubmitFailure[]), 'disconnected' as const],
  namesAreUnique: true,
  reports: true,
};

carrierContract('HTTP carrier', abilities, async () => {
  let takeWebhook: HttpCarrier['takeWebhook'] = () => assert.fail('not made yet');
  const peer = new HttpPeer({
    token,
    async call(url, headers, form) {
      const { pathname } = new URL(url);
      const [, , , secret = '', kind, reference] = pathname.split('/');
      const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      try {
        const outcome = await takeWebhook({
          kind: kind === 'inbound' ? 'inbound' : 'report',
          method: 'POST',
          target: pathname,
          pathSecret: secret,
          reference,
          headers: Object.fromEntries(names),
          body: Buffer.from(form),
          address: '127.0.0.1',
        });
        assert.ok('status' in outcome, JSON.stringify(outcome));
        return outcome.status;
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        return 503;
      }
    },
  });
  const url = await peer.start();
  const config = httpConfig.parse({
    name: 'up',
    type: 'http',
    preset: 'plivo',
    secrets: { id: 'MAXXXXXXXXXXXXXXXXXX', token },
    rate: 0,
    // More would overtake each other.
    at_once: 1,
    send: { url: `${url}/v1/Account/{secret.id}/Message/` },
    failures: [
      { status: 400, body: '/error', matches: 'dst', is: 'invalidDestination' },
      { status: 400, body: '/error', matches: 'src', is: 'invalidSender' },
      ...inBody.map((failure) => ({ status: 422, body: '/reason', matches: `^${failure}$`, is: failure })),
    ],
  });
  const client = makeHttpClient({
    timeoutMs: config.timeoutMs,
    callsPerHost: config.atOnce,
    allowedNetworks: ['127.0.0.1'],
    userAgent: 'Rucksack/test',
    timers: systemTimers,
  });
  let isDisconnected = false;
  const carrier = new HttpCarrier(config, {
    client: {
      send(request) {
        // No server listens on port 9 of the loopback address.
        const origin = isDisconnected ? 'http://127.0.0.1:9' : request.origin;
        isDisconnected = false;
        return client.send({ ...request, origin });
      },
      download: client.download,
      close: () => client.close(),
    },
    timers: systemTimers,
    randomBytes: systemRandomBytes,
    logger: makeLogger('silent'),
    pathSecret,
    publicUrl: () => publicUrl,
    signPlivo: signCallback,
  });
  takeWebhook = (request) => carrier.takeWebhook(request);
  return {
    carrier,
    failNext(failure) {
      if (failure === 'disconnected') isDisconnected = true;
      else peer.nextAnswer = answers[failure];
    },
    undeliverNext(errorCode) {
      peer.nextReport = { Status: 'undelivered', ErrorCode: String(errorCode) };
    },
    holdNext: () => peer.hold(),
    taken: () => peer.requests.map(({ headers }) => String(headers['idempotency-key'])),
    sendFromHandset: (message) => void peer.call(inboundUrl, inboundFields(message)),
    pass: () => peer.callAgain(),
    close: () => peer.close(),
  };
});

function inboundFields({
  name,
  sender,
  destination,
  text,
  mediaUrls,
}: InboundMessage): Record<string, string> {
  const media = mediaUrls.map((url, index) => [`Media${index}`, url]);
  return { MessageUUID: name, From: sender, To: destination, Text: text, ...Object.fromEntries(media) };
}
