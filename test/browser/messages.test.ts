// The list of messages and the page of one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { addRule, type MadePowerpack, sendText } from '../support/messaging.ts';
import type { WebhookCatcher } from '../support/webhook-catcher.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth } from './console-harness.ts';
import { ours, type ParcelNews, startParcelNews } from './parcel-news.ts';

let news: ParcelNews;
let harness: ConsoleHarness;
let catcher: WebhookCatcher;
let powerpack: MadePowerpack;
before(async () => {
  news = await startParcelNews();
  ({ harness, catcher, powerpack } = news);
});
after(() => news[Symbol.asyncDispose]());

async function order(dst: string, more: object = {}): Promise<string> {
  const body = { powerpack_uuid: powerpack.uuid, dst, text: 'Hello', ...more };
  const { body: answer } = await harness.app.call('POST', 'Message/', body);
  return answer.message_uuid[0];
}

const rowsOf = (page: Page) => page.getByRole('table', { name: 'Messages' }).locator('tbody tr');

test('the list is filtered, its address says how, and Back undoes it', async () => {
  await order('14155550150');
  addRule(harness.app, '14155550151', { report: 'undelivered', errorCode: 50 });
  await order('14155550151');
  await harness.app.advance(5000);
  const page = await harness.open('/messages');
  await rowsOf(page).nth(1).waitFor();
  assert.equal(await rowsOf(page).count(), 2);
  await checkAccessibility(page);

  await page.getByLabel('State').selectOption('undelivered');
  await rowsOf(page).getByText('50 Invalid destination number').waitFor();
  await page.waitForURL(/message_state=undelivered/);
  await rowsOf(page).filter({ hasText: '+1 415 555 0150' }).waitFor({ state: 'detached' });
  const find = page.getByRole('searchbox', { name: 'Number or text' });
  await find.fill('415 555 0150');
  await find.press('Enter');
  await page.getByText('None that these filters let through.').waitFor();
  await page.goBack();
  await rowsOf(page).filter({ hasText: '+1 415 555 0151' }).waitFor();
  await page.reload();
  await rowsOf(page).filter({ hasText: '+1 415 555 0151' }).waitFor();
  assert.equal(await page.getByLabel('State').inputValue(), 'undelivered');
  await page.getByRole('button', { name: 'Clear' }).click();
  await rowsOf(page).nth(1).waitFor();
});

test('times of one’s own are shown in full', async () => {
  const page = await harness.open('/messages?message_time__gte=2026-03-14+00:00:00', { width: 1440 });
  const from = page.getByLabel('From time');
  await from.waitFor();
  // A date with its time and the button of the calendar.
  assert.ok(((await from.boundingBox())?.width ?? 0) >= 200);
});

test('an invalid filter is refused by the server, in its words', async () => {
  const page = await harness.open('/messages?message_state=lost');
  await page.getByRole('alert').getByText('message_state').waitFor();
});

test('a message that is sent appears, and its state follows', async () => {
  const page = await harness.open('/messages?to_number=14155550152');
  await page.getByText('None that these filters let through.').waitFor();
  await order('14155550152');
  await rowsOf(page).getByText('queued').or(rowsOf(page).getByText('sent')).waitFor();
  await harness.app.advance(5000);
  await rowsOf(page).getByText('delivered').waitFor();
});

test('the list stands still under the pointer, says how many have come, and shows them on demand', async () => {
  const page = await harness.open('/messages');
  const rows = rowsOf(page);
  await rows.first().hover();
  const first = await rows.first().getByRole('link').first().getAttribute('href');
  await order('14155550167', { text: 'One more' });
  await page.getByRole('button', { name: '1 new: show' }).waitFor();
  assert.equal(await rows.first().getByRole('link').first().getAttribute('href'), first);
  await page.getByRole('button', { name: '1 new: show' }).click();
  await rows.first().getByText('+1 415 555 0167').waitFor();
});

test('the whole row of a message leads to it', async () => {
  const page = await harness.open('/messages');
  const row = rowsOf(page).first();
  const box = await row.boundingBox();
  assert.ok(box !== null);
  await row.click({ position: { x: box.width - 5, y: box.height - 5 } });
  await page.waitForURL(/[/]messages[/][0-9a-f-]{36}$/);
});

test('a long list is paged', async () => {
  await Promise.all(Array.from({ length: 22 }, () => order('14155550153', { text: 'Many' })));
  const page = await harness.open('/messages?to_number=14155550153');
  await page.getByText('1 to 20').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('21 to 22').waitFor();
  await page.goBack();
  await page.getByText('1 to 20').waitFor();
});

test('on a phone the list keeps to the width', async () => {
  const page = await harness.open('/messages', { width: 400, scheme: 'dark' });
  await rowsOf(page).first().waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
});

test('one message shows its number with the reason, its timeline and its callbacks', async () => {
  const uuid = await order('14155550154', { url: `${catcher.url}/status` });
  await harness.app.advance(60_000);
  for (const look of [{}, { scheme: 'dark', width: 400 }] as const) {
    const page = await harness.open(`/messages/${uuid}`, look);
    await page.getByRole('heading', { name: 'Message to +1 415 555 0154' }).waitFor();
    await page.getByText('it has the area code of the destination').waitFor();
    await page.getByText("not of the recipient's area code").waitFor();
    await page.getByText('Hello').waitFor();
    await page.getByText('Reported delivered').waitFor();
    await page.getByRole('link', { name: 'Parcel news' }).waitFor();
    const callbacks = page.getByRole('region', { name: 'Callbacks' });
    await callbacks.locator('summary').first().click();
    await callbacks.getByText('HTTP 200').waitFor();
    await callbacks.getByText('Signature headers').click();
    await callbacks.getByText('X-Plivo-Signature-V3', { exact: true }).waitFor();
    await checkAccessibility(page);
    await checkWidth(page);
  }
});

test('a failure is shown in words, with its code', async () => {
  await sendText(harness.app, '14155550155', ours, 'STOP');
  await harness.app.advance(5 * 60_000);
  const uuid = await order('14155550155');
  await harness.app.advance(1000);
  const page = await harness.open(`/messages/${uuid}`);
  await page.getByText('Error 200, Source number blocked by STOP').waitFor();
  await page.getByText('The recipient has sent STOP, which counts for this number').waitFor();
});

test('a text that is not stored is marked as such, and the number is masked', async () => {
  const uuid = await order('14155550156', { log: 'false' });
  const page = await harness.open(`/messages/${uuid}`);
  await page.getByText('Text not stored: the message was sent with log false.').waitFor();
  await page.getByRole('heading', { name: 'Message to +14155550***' }).waitFor();
  assert.ok(!(await page.content()).includes('14155550156'));
});

test('an inbound message shows the reply of the application', async () => {
  catcher.answer = {
    status: 200,
    body: '<Response><Message>Welcome</Message></Response>',
    headers: { 'content-type': 'application/xml' },
  };
  const uuid = await sendText(harness.app, '14155550157', ours, 'Hi');
  await harness.app.advance(1000);
  const page = await harness.open(`/messages/${uuid}`);
  await page.getByRole('heading', { name: 'Message from +1 415 555 0157' }).waitFor();
  const callbacks = page.getByRole('region', { name: 'Callbacks' });
  await callbacks.locator('summary').first().click();
  await callbacks.getByText('<Message>Welcome</Message>').waitFor();
});

test('media of this server are shown, and deleted on demand', async () => {
  const form = new FormData();
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  form.append('file', new Blob([Buffer.from(pixel, 'base64')], { type: 'image/png' }), 'a.png');
  const { authId, authToken } = harness.app.account;
  const uploaded = await fetch(`${harness.app.url}/v1/Account/${authId}/Media/`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${authId}:${authToken}`)}` },
    body: form,
  });
  const { objects } = (await uploaded.json()) as { objects: { media_id: string }[] };
  const uuid = await order('14155550158', { type: 'mms', media_ids: objects.map(({ media_id: id }) => id) });
  const page = await harness.open(`/messages/${uuid}`);
  // A picture that cannot be shown takes no room.
  await page.locator('.media img').waitFor();
  await page.getByRole('button', { name: 'Delete the media' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No media: they were deleted, or never stored.').waitFor();
  const left = await harness.app.call('GET', `Message/${uuid}/Media/`);
  assert.deepEqual(left.body.objects, []);
});

test('an unknown message leads back to the list', async () => {
  const page = await harness.open('/messages/00000000-0000-4000-8000-000000000000');
  await page.getByText('This account has no message at this address').waitFor();
  await page.getByRole('link', { name: 'Back to the messages' }).waitFor();
});
