// Sending from the console: the dry run while it is typed, the attempt that is made at most once, and what became of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { testStart } from '../support/app.ts';
import { type MadePowerpack, makePowerpack } from '../support/messaging.ts';
import { startWebhookCatcher } from '../support/webhook-catcher.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  holdBack,
  startConsole,
} from './console-harness.ts';

let harness: ConsoleHarness;
let powerpack: MadePowerpack;
before(async () => {
  harness = await startConsole();
  powerpack = await makePowerpack(harness.app, 'Parcel news', ['14155550100', '12125550100']);
});
after(() => harness[Symbol.asyncDispose]());

const openSend = (look = {}) => harness.open(`/send?powerpack=${powerpack.uuid}`, look);
const dryRunOf = (page: Page) => page.getByRole('region', { name: 'Who would send' });
const sentOn = (page: Page) => page.getByRole('region', { name: 'Sent' });
const send = (page: Page) => page.getByRole('button', { name: /^Send/ }).click();

async function fill(page: Page, recipients: string, text: string): Promise<void> {
  await page.getByLabel('Recipients').fill(recipients);
  await page.getByLabel('Text', { exact: true }).fill(text);
}

async function messagesTo(number: string) {
  return (await harness.app.call('GET', `Message/?to_number=${number}`)).body.objects;
}

test('the dry run shows the sender, the reason, and why the others were rejected', async () => {
  for (const look of [{}, { scheme: 'dark', width: 400 }] as const) {
    const page = await openSend(look);
    await fill(page, '+1 415 555 0142', 'Hello');
    await dryRunOf(page).getByText('+1 415 555 0100').waitFor();
    await dryRunOf(page).getByText('it has the area code of the destination').waitFor();
    await dryRunOf(page).getByText('One by one').click();
    await dryRunOf(page).getByRole('cell', { name: '+1 212 555 0100' }).waitFor();
    await checkAccessibility(page);
    await checkWidth(page);
  }
  assert.deepEqual(await messagesTo('14155550142'), []);
});

test('the dry run says what share of the sender’s messages arrives', async () => {
  const number = '13035550100';
  const pack = await makePowerpack(harness.app, 'Half of them', [number]);
  const page = await harness.open(`/send?powerpack=${pack.uuid}`);
  await fill(page, '+1 303 555 0142', 'Hello');
  await dryRunOf(page).getByText('none of its messages has ended').waitFor();
  const hour = new Date(testStart.getTime() - 3_600_000);
  await harness.app.app.db.query('insert into sender_hours values ($1, $2, 60, 45)', [number, hour]);
  await fill(page, '+1 303 555 0143', 'Hello');
  await dryRunOf(page).getByText('75% of its 60 messages of the last 24 h were delivered.').waitFor();
});

test('a text shows its segments, and which characters need UCS-2', async () => {
  const page = await openSend();
  await fill(page, '', 'a'.repeat(155));
  await page.getByText('GSM-7, 1 segment, 5 left in it.').waitFor();
  await fill(page, '', `${'a'.repeat(69)}ç`);
  await page.getByText('UCS-2, 1 segment, 0 left in it.').waitFor();
  await page.getByText('a segment holds 70 instead of 160: ç').waitFor();
});

test('the dry run of the last input is shown, even if an older response arrives later', async () => {
  const page = await openSend();
  let letGo = () => {};
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/Explain/', async (route) => {
    if (route.request().postDataJSON().dst === '14155550142') await isLetGo;
    // The page has given the slow one up by then.
    await route.continue().catch(() => {});
  });
  const isAsked = page.waitForRequest('**/Explain/');
  await fill(page, '14155550142', 'Hello');
  await isAsked;
  await page.getByLabel('Recipients').fill('12125550142');
  await dryRunOf(page).getByText('+1 212 555 0100').waitFor();
  letGo();
  const isAnswered = page.waitForResponse('**/Explain/');
  await page.getByLabel('Text', { exact: true }).fill('Hello again');
  await isAnswered;
  assert.match((await dryRunOf(page).textContent()) ?? '', /\+1 212 555 0100/);
});

test('a message is followed from the request to its delivery and the callbacks', async () => {
  const catcher = await startWebhookCatcher();
  const page = await openSend();
  await fill(page, '+1 415 555 0143', 'Your parcel is here');
  await page.getByText('Callback URL, log, expiry').click();
  await page.getByLabel('Callback URL').fill(`${catcher.url}/status`);
  await send(page);
  await sentOn(page).getByRole('heading', { name: '1 message accepted' }).waitFor();
  await sentOn(page).getByText('The powerpack chose 14155550100').waitFor();
  await harness.app.advance(2000);
  await sentOn(page).getByRole('listitem').filter({ hasText: 'The carrier has confirmed it.' }).waitFor();
  await sentOn(page).getByText('3 delivered.').waitFor();
  assert.deepEqual(
    catcher.calls.map(({ parameters }) => parameters.Status),
    ['queued', 'sent', 'delivered'],
  );
  const [message] = await messagesTo('14155550143');
  assert.equal(message.from_number, '14155550100');
  await checkAccessibility(page);
  await catcher.close();
});

test('a message whose response was lost is sent again and arrives once', async () => {
  const page = await openSend();
  await fill(page, '14155550144', 'Once');
  const keys: (string | undefined)[] = [];
  await page.route('**/Message/', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await send(page);
  await page.getByText('No response came').waitFor();
  await send(page);
  await sentOn(page).getByRole('heading', { name: '1 message accepted' }).waitFor();
  assert.equal(keys.length, 2);
  assert.ok(keys[0]);
  assert.equal(keys[0], keys[1]);
  assert.equal((await messagesTo('14155550144')).length, 1);

  // Sent once more after an answer it is another message.
  const isAnswered = page.waitForResponse('**/Message/');
  await page.getByRole('button', { name: 'Send it again …' }).click();
  await send(page);
  await isAnswered;
  assert.notEqual(keys[2], keys[1]);
  assert.equal((await messagesTo('14155550144')).length, 2);
});

test('several recipients get a message each, and an invalid number is named', async () => {
  const page = await openSend();
  await fill(page, '14155550145, +1 212 555 0145\n12', 'Hello');
  await page.getByRole('button', { name: 'Send 3 messages' }).click();
  await sentOn(page).getByRole('heading', { name: '2 messages accepted' }).waitFor();
  await sentOn(page).getByText('no numbers that can be sent to: 12').waitFor();
  await sentOn(page).getByRole('button', { name: '+1 212 555 0145' }).click();
  await sentOn(page).getByText('The powerpack chose 12125550100').waitFor();
});

test('recipients come from a CSV file, beside those that were typed', async () => {
  const page = await openSend();
  await fill(page, '14155550143', 'Hello');
  const choose = (text: string) =>
    page
      .getByLabel('Or from a file')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('name,phone\nAnn,14155550144\nBob,14155550143\n');
  await page.getByText('2 recipients read.').waitFor();
  assert.equal(await page.getByLabel('Recipients').inputValue(), '14155550143\n14155550144');
  await page.getByRole('button', { name: 'Send 2 messages' }).waitFor();
  await choose('name\n');
  await page.getByText('people.csv has no number.').waitFor();
  await checkAccessibility(page);
});

test('a file is uploaded and goes out as an MMS', async () => {
  const page = await openSend();
  await fill(page, '14155550146', 'Look');
  await page.getByText('Media (sends an MMS)').click();
  const buffer = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  await page.getByLabel('Upload files').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await page.getByRole('list', { name: 'Uploaded files' }).getByText('a.png').waitFor();
  await page.getByText('MMS: one segment').waitFor();
  await send(page);
  await sentOn(page).getByRole('heading', { name: '1 message accepted' }).waitFor();
  const [message] = await messagesTo('14155550146');
  assert.equal(message.message_type, 'mms');
  const media = await harness.app.call('GET', `Message/${message.message_uuid}/Media/`);
  assert.equal(media.body.objects[0].file_name, 'a.png');
});

test('input and uploads stay while a file is being uploaded', async () => {
  const page = await openSend();
  await fill(page, '14155550148', 'Loo');
  await page.getByText('Media (sends an MMS)').click();
  const isReached = page.waitForRequest('**/Media/');
  const letGo = await holdBack(page, '**/Media/');
  const buffer = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  await page.getByLabel('Upload files').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await isReached;
  await fill(page, '14155550149', 'Look at this');
  await page.getByText('Callback URL, log, expiry').click();
  await page.getByLabel('Callback URL').fill('https://example.com/status');
  letGo();
  const files = page.getByRole('list', { name: 'Uploaded files' });
  await files.getByText('a.png').waitFor();
  assert.equal(await page.getByLabel('Recipients').inputValue(), '14155550149');
  assert.equal(await page.getByLabel('Text', { exact: true }).inputValue(), 'Look at this');
  assert.equal(await page.getByLabel('Callback URL').inputValue(), 'https://example.com/status');
  await page.getByLabel('Upload files').setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer });
  await files.getByText('b.png').waitFor();
  assert.equal(await files.getByRole('listitem').count(), 2);
});

test('the refusal of a file is shown where it was chosen', async () => {
  const page = await openSend();
  await page.getByText('Media (sends an MMS)').click();
  const file = { name: 'a.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') };
  await page.getByLabel('Upload files').setInputFiles(file);
  await page.getByRole('alert').getByText('a.exe: ').waitFor();
});

test('a recipient that cannot be a number is named before it is sent, and a message that was sent is sent again on purpose alone', async () => {
  const page = await openSend();
  await fill(page, 'hello', 'Hello');
  await send(page);
  await page.getByText('Not a number: hello.').waitFor();
  await fill(page, '14155550149', 'Once');
  await send(page);
  await sentOn(page).getByRole('heading', { name: '1 message accepted' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Send', exact: true }).count(), 0);
  await page.getByRole('button', { name: 'Send it again …' }).waitFor();
  assert.equal((await messagesTo('14155550149')).length, 1);
});

test('missing fields and refusals are shown in words', async () => {
  const page = await openSend();
  await send(page);
  await page.getByText('Enter a recipient.').waitFor();
  await fill(page, '12', 'Hello');
  await send(page);
  await page.getByRole('alert').getByText("'12' is not a valid phone number.").waitFor();
});

test('a number of the account sends without a powerpack', async () => {
  const page = await openSend();
  await page.getByLabel('One number of yours').check();
  await page.getByLabel('Number', { exact: true }).fill('12125550100');
  await fill(page, '14155550147', 'Hello');
  await send(page);
  await sentOn(page).getByText('The request named the sender.').waitFor();
  const [message] = await messagesTo('14155550147');
  assert.equal(message.from_number, '12125550100');
});
