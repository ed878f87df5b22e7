// Callbacks while a token is being rotated: applications that know the old token or the new one accept them.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { makePowerpack, send } from '../support/messaging.ts';
import { type CaughtCall, startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

let server: TestApp;
let catcher: WebhookCatcher;
before(async () => {
  server = await startTestApp();
  catcher = await startWebhookCatcher();
});
after(async () => {
  await server.stop();
  await catcher.close();
});

const { validateV3Signature } = createRequire(import.meta.url)('plivo') as {
  validateV3Signature: (
    method: string,
    url: string,
    nonce: string,
    token: string,
    signature: string,
    parameters: object,
  ) => boolean;
};

/** Returns whether the SDK's validator of version 3 accepts a call with a token. */
const accepts = ({ method, url, headers, parameters }: CaughtCall, token: string): boolean =>
  validateV3Signature(
    method,
    url,
    String(headers['x-plivo-signature-v3-nonce']),
    token,
    String(headers['x-plivo-signature-v3']),
    parameters,
  );

test('both tokens sign until the old one ends, and the new one alone afterwards', async () => {
  const { uuid } = await makePowerpack(server, 'Shop', ['14155550100']);
  const message = { powerpack_uuid: uuid, dst: '14155550120', url: `${catcher.url}/status` };
  const old = server.account.authToken;
  const rotated = await server.call('POST', 'Token/', { grace_seconds: 3600 });
  assert.equal(rotated.status, 200, rotated.text);
  const now = rotated.body.auth_token;
  const as = { authId: server.account.authId, authToken: now };
  await send(server, message, as);
  await server.advance(60_000);
  const during = catcher.calls.slice();
  assert.equal(during.length, 3);
  for (const call of during) {
    assert.ok(accepts(call, old) && accepts(call, now));
    assert.equal(accepts(call, 'another'), false);
  }
  await server.advance(3_600_000);
  await send(server, message, as);
  await server.advance(60_000);
  const later = catcher.calls.slice(during.length);
  assert.equal(later.length, 3);
  for (const call of later) {
    assert.equal(accepts(call, old), false);
    assert.ok(call.isSignedWith(now));
  }
});
