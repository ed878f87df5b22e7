// The log of calls in the console: why one failed, and making it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, send, sendOne } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
let catcher: WebhookCatcher;
let powerpack: string;
before(async () => {
  harness = await startConsole({ RUCKSACK_WEBHOOK_NETWORKS: '127.0.0.1' });
  catcher = await startWebhookCatcher();
  ({ uuid: powerpack } = await makePowerpack(harness.app, 'Calls', ['14155550100']));
});
after(async () => {
  await harness[Symbol.asyncDispose]();
  await catcher.close();
});

test('a failed callback shows why, and is repeated', async () => {
  catcher.answer = { status: 500, headers: { 'content-type': 'text/html' }, body: 'It broke on line 12' };
  const message = await sendOne(harness.app, {
    powerpack_uuid: powerpack,
    dst: '14155552000',
    url: `${catcher.url}/status`,
  });
  await harness.app.advance(3_600_000);

  const page = await harness.open('/webhooks');
  await page.getByLabel('Outcome').selectOption('Failed');
  await page.waitForURL('**/webhooks?outcome=failed');
  await page.getByRole('link', { name: 'Status change' }).first().click();
  await page.getByText('The answer is not 2xx.').first().waitFor();
  await page.getByText('It broke on line 12').first().waitFor();
  assert.equal(await page.getByText('HTTP 500').count(), 4);
  await page.getByRole('rowheader', { name: 'MessageUUID', exact: true }).waitFor();
  await page.getByText('Signature headers that were sent').first().click();
  await page.getByRole('rowheader', { name: 'X-Plivo-Signature-V3', exact: true }).first().waitFor();
  await checkAccessibility(page);

  catcher.answer = { status: 200 };
  await page.getByRole('button', { name: 'Replay' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('again, with a new signature').waitFor();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Replay' }).click();
  // Without a reload: the server reports the change.
  await page.getByText('HTTP 200').waitFor();
  await page.getByText('Nothing more is sent.').waitFor();
  const { body } = await harness.app.call('GET', `Webhook/?message_uuid=${message}&outcome=delivered`);
  assert.equal(body.objects.length, 1);
});

test('only a missing callback is reported as missing', async () => {
  const page = await harness.open('/webhooks/7b6c0f2e-9d1a-4f3b-8a5e-2c4d6e8f0a1b');
  await page.getByRole('heading', { name: 'No such callback' }).waitFor();
  const refusal = { status: 429, json: { api_id: 'x', error: 'too many requests' } };
  await page.route('**/Webhook/*/', (route) => route.fulfill(refusal));
  await page.reload();
  await page.getByText('too many requests').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'No such callback' }).count(), 0);
});

test('the list is paged, filtered by its address, and fits narrow windows', async () => {
  catcher.answer = { status: 200 };
  const destinations = Array.from({ length: 15 }, (_, at) => `1415555${2100 + at}`).join('<');
  await send(harness.app, { powerpack_uuid: powerpack, dst: destinations, url: `${catcher.url}/many` });
  await harness.app.advance(60_000);
  const page = await harness.open('/webhooks?outcome=delivered', { width: 400, scheme: 'dark' });
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL('**offset=20');
  await page.getByText('21 to').waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
  await page.goBack();
  await page.getByText('1 to 20').waitFor();
  assert.equal(await page.getByLabel('Outcome').inputValue(), 'delivered');
});

test('an unknown callback leads back to the log', async () => {
  const page = await harness.open('/webhooks/019cebb2-7a55-7a10-9f3e-2d1c0b4a5969');
  await page.getByRole('link', { name: 'Back to the log' }).click();
  await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
});
