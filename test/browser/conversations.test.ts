// Conversations: both sides, live, with the callbacks to the application.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type MadePowerpack, makePowerpack, sendText } from '../support/messaging.ts';
import type { WebhookCatcher } from '../support/webhook-catcher.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, holdBack } from './console-harness.ts';
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

const openWith = (handset: string, look = {}) =>
  harness.open(`/conversations/${powerpack.uuid}/${handset}`, look);
const bubblesOf = (page: Page) => page.getByRole('log', { name: 'Messages' }).getByRole('listitem');
const bubble = (page: Page, words: string) => bubblesOf(page).filter({ hasText: words });

async function write(page: Page, words: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Write from the powerpack' });
  await form.getByRole('textbox').fill(words);
  await form.getByRole('button', { name: 'Send' }).click();
}

test('a message from one side arrives on the other, with its callbacks', async () => {
  const handset = '14155550160';
  const page = await openWith(handset);
  await page.getByText('No message yet').waitFor();
  await write(page, 'Is tomorrow fine?');
  await bubble(page, 'Is tomorrow fine?').getByText(`From +1 415 555 0100`).waitFor();
  await harness.app.advance(2000);
  await bubble(page, 'Is tomorrow fine?').getByText('delivered').waitFor();

  catcher.answer = {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: '<Response><Message>Noted</Message></Response>',
  };
  const reply = page.getByRole('form', { name: 'Reply as the recipient' });
  await reply.getByRole('textbox').fill('Yes, at noon');
  await reply.getByRole('button', { name: 'Reply' }).click();
  await bubble(page, 'Yes, at noon').getByText('To +1 415 555 0100').waitFor();
  await harness.app.advance(2000);
  await bubble(page, 'Noted').getByText('delivered').waitFor();
  const callbacks = page.getByRole('region', { name: 'Callbacks' });
  await callbacks.getByText('Inbound message: “Yes, at noon”').click();
  await callbacks.getByText('<Message>Noted</Message>').waitFor();
  catcher.answer = { status: 200 };
  await checkAccessibility(page);
});

test('text that is typed while a message is being sent stays, on both sides', async () => {
  const page = await openWith('14155550166');
  for (const [name, verb, url] of [
    ['Write from the powerpack', 'Send', '**/v1/Account/*/Message/'],
    ['Reply as the recipient', 'Reply', '**/Simulator/Handset/*/Message/'],
  ] as const) {
    const form = page.getByRole('form', { name });
    const box = form.getByRole('textbox');
    const letGo = await holdBack(page, url);
    const isReached = page.waitForRequest(url);
    await box.fill(`${verb} this`);
    await form.getByRole('button', { name: verb }).click();
    await isReached;
    await box.fill(`${verb} that`);
    letGo();
    await bubble(page, `${verb} this`).waitFor();
    await form.getByRole('button', { name: verb, disabled: false }).waitFor();
    assert.equal(await box.inputValue(), `${verb} that`);
    await form.getByRole('button', { name: verb }).click();
    await bubble(page, `${verb} that`).waitFor();
    await form.getByRole('button', { name: verb, disabled: true }).waitFor();
    assert.equal(await box.inputValue(), '');
  }
});

test('STOP, START and HELP work', async () => {
  const page = await openWith('14155550161');
  await write(page, 'Sale!');
  await bubble(page, 'Sale!').waitFor();
  await page.getByRole('button', { name: 'STOP' }).click();
  await bubble(page, 'You have been unsubscribed').waitFor();
  // Of one moment by the test's clock: the answer comes after what it answers.
  const said = await bubblesOf(page).locator('.bubble-text').allTextContents();
  assert.ok(said.indexOf('STOP') < said.findIndex((text) => text.startsWith('You have')), said.join());
  await page.getByText('the recipient has sent STOP: it would fail with error 200').waitFor();
  await page
    .getByText(/^One message goes all the same until .*, as the confirmation of the opt-out\./)
    .waitFor();
  await write(page, 'Goodbye!');
  await bubble(page, 'Goodbye!').waitFor();
  await write(page, 'Another sale!');
  await bubble(page, 'Another sale!').getByText('Error 200').waitFor();
  await page.getByRole('button', { name: 'START' }).click();
  await bubble(page, 'You have been subscribed again').waitFor();
  await page.getByRole('button', { name: 'HELP' }).click();
  await bubble(page, 'Text STOP to stop').waitFor();
  await page.getByText(/would send this/).waitFor();
});

test('recent handsets are listed, and lead to their conversations', async () => {
  await sendText(harness.app, '14155550162', ours, 'Anybody there?');
  const page = await harness.open('/conversations');
  await checkAccessibility(page);
  await page.getByRole('link', { name: '+1 415 555 0162' }).click();
  await bubble(page, 'Anybody there?').waitFor();
  await page.goBack();
  await page.getByLabel('Handset').fill('+1 415 555 0163');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'Conversation with +1 415 555 0163' }).waitFor();
});

test('a text that is not stored is marked as such', async () => {
  const handset = '14155550164';
  const body = { powerpack_uuid: powerpack.uuid, dst: handset, text: 'Secret', log: 'number_only' };
  await harness.app.call('POST', 'Message/', body);
  const page = await openWith(handset);
  await bubble(page, 'Text not stored').waitFor();
  assert.ok(!(await page.content()).includes('Secret'));
});

test('earlier messages are shown on demand', async () => {
  const handset = '14155550165';
  for (let number = 1; number <= 23; number++) {
    await sendText(harness.app, handset, ours, `This is (${number})`);
    await harness.app.advance(10);
  }
  const page = await openWith(handset);
  await bubble(page, '(23)').waitFor();
  assert.equal(await bubble(page, '(3)').count(), 0);
  await page.getByRole('button', { name: 'Show earlier messages' }).click();
  await bubble(page, '(1)').waitFor();
});

test('on a phone, in dark colours, it keeps to the width', async () => {
  const page = await openWith('14155550165', { width: 400, scheme: 'dark' });
  await bubble(page, '(23)').waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
});

test('a powerpack of a subaccount, which the main account cannot open, is not said to be deleted', async () => {
  const { body: branch } = await harness.app.call('POST', 'Subaccount/', { name: 'branch', enabled: true });
  const as = { authId: branch.auth_id, authToken: branch.auth_token };
  await makePowerpack(harness.app, 'of the branch', ['12025550170'], { as });
  await sendText(harness.app, '14155550168', '12025550170', 'Is it open today?');
  for (const path of ['/conversations?kind=replied', '/messages']) {
    const page = await harness.open(path);
    const row = page.getByRole('row').filter({ hasText: '+1 415 555 0168' });
    await row.getByText('not yours to see, or deleted').waitFor();
  }
});
