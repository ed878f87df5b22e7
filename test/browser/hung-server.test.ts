// A server that is slow, hangs or fails: what is old says so, and nothing waits for ever.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { makePowerpack, send } from '../support/messaging.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  holdBack,
  signIn,
  startConsole,
  waitUntil,
} from './console-harness.ts';

let harness: ConsoleHarness;
let powerpack: string;
before(async () => {
  harness = await startConsole();
  ({ uuid: powerpack } = await makePowerpack(harness.app, 'Orders', ['14155550100']));
  await send(harness.app, { powerpack_uuid: powerpack, dst: '13125550171' });
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

/** The answers that the test waits for come after the console's own limits, of up to 20 seconds. */
const patience = { timeout: 60_000 };
const hang = async () => {};
const messagesAt = /\/(Message|Failure)\//;

test('rows of another filter are dimmed until the answer is there, and so are the reasons above them', async () => {
  const page = await harness.open('/messages');
  await page.getByRole('table', { name: 'Messages' }).waitFor();
  const letGo = await holdBack(page, '**/Message/?*');
  await page.getByLabel('State').selectOption('failed');
  await page.locator('.stale[aria-busy="true"]').getByRole('table', { name: 'Messages' }).waitFor();
  await waitUntil(page, `getComputedStyle(document.querySelector('.stale')).opacity < 0.7`);
  letGo();
  await page.getByText('No message in the last 24 hours').waitFor();
  assert.equal(await page.locator('.stale').count(), 0);
});

test('a request that hangs is given up after 20 seconds, the page is not live meanwhile nor after it, and is again once there is an answer', async () => {
  const page = await harness.open('/messages');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.route(messagesAt, hang);
  await page.getByLabel('State').selectOption('failed');
  const notice = page.getByText('Not connected: what you see may be old.');
  await notice.waitFor(patience);
  const [bar, title] = await Promise.all([
    notice.boundingBox(),
    page.getByRole('heading', { level: 1 }).boundingBox(),
  ]);
  assert.ok(bar !== null && title !== null && bar.y > title.y + title.height, 'the bar covers the header');
  await page.getByText('The server has not answered within 20 seconds.').waitFor(patience);
  // Not before: until then the rows of the filter before are dimmed.
  await checkAccessibility(page);
  assert.equal(await page.getByText('Live', { exact: true }).count(), 0);
  await page.unroute(messagesAt);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  await notice.waitFor({ state: 'detached' });
});

test('a reload and signing in are given up as well, in words', async () => {
  const account = /\/v1\/Account\/\w+\/$/;
  const page = await harness.open('/messages');
  const other = await harness.openSignedOut();
  for (const one of [page, other]) await one.route(account, hang);
  await page.reload();
  await other.getByLabel('Auth id').fill(harness.app.account.authId);
  await other.getByLabel('Auth token').fill(harness.app.account.authToken);
  await other.getByRole('button', { name: 'Sign in' }).click();
  for (const one of [page, other]) {
    await one
      .getByRole('alert')
      .getByText('The server has not answered within 20 seconds.')
      .waitFor(patience);
    await one.unroute(account);
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Messages', level: 1 }).waitFor();
  await signIn(other, harness.app.account);
});

test('a page that waits for its first answer shows that something comes', async () => {
  const page = await harness.open('/messages');
  await page.route('**/Number/?*', hang);
  await page.goto(`${harness.app.url}/console/numbers`);
  await page.locator('.loading[aria-busy="true"]').waitFor();
  await waitUntil(page, `getComputedStyle(document.querySelector('.loading'), '::before').opacity === '1'`);
});

const fail = (route: Route) =>
  route.fulfill({
    status: 500,
    contentType: 'application/json',
    body: JSON.stringify({ api_id: '5e1f-api-id', error: 'internal error' }),
  });

test('a fault of the server is told with the id of its request, of reading and of changing', async () => {
  const page = await harness.open('/numbers');
  await page.route('**/Number/?*', fail);
  await page.reload();
  await told(page, 'internal error (request 5e1f-api-id)');
  await page.goto(`${harness.app.url}/console/powerpacks/new`);
  await page.route('**/Powerpack/', fail);
  await page.getByLabel('Name', { exact: true }).fill('Not made');
  await page.getByRole('button', { name: 'Create powerpack' }).click();
  await told(page, 'internal error (request 5e1f-api-id)');
});

test('a server that cannot be reached is told as such, of reading and of changing', async () => {
  const page = await harness.open('/powerpacks/new');
  await page.route('**/Powerpack/', (route) => route.abort());
  await page.getByLabel('Name', { exact: true }).fill('Not made');
  await page.getByRole('button', { name: 'Create powerpack' }).click();
  await told(page, 'The server cannot be reached.');
});

const told = (page: Page, sentence: string) =>
  page.getByRole('alert').filter({ hasText: sentence }).waitFor();
