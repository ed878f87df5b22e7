// Signing in and out, and what becomes of the credentials.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConsoleHarness, checkAccessibility, signIn, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

const stored =
  'JSON.stringify([localStorage, sessionStorage, document.cookie, location.href]) + document.documentElement.outerHTML';

test('a wrong token is refused, in words, and the right one signs in', async () => {
  const page = await harness.openSignedOut();
  await checkAccessibility(page);
  await page.getByLabel('Auth id').fill(harness.app.account.authId);
  await page.getByLabel('Auth token').fill('not-the-token-at-all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This auth id and token do not belong together.').waitFor();
  await signIn(page, harness.app.account);
});

test('a reload keeps the session, and the token cannot be read anywhere', async () => {
  const page = await harness.openSignedOut();
  await signIn(page, harness.app.account);
  await page.reload();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  const everything = await page.evaluate<string>(stored);
  assert.ok(!everything.includes(harness.app.account.authToken));
  assert.ok(!everything.includes(btoa(`${harness.app.account.authId}:${harness.app.account.authToken}`)));
});

test('signing out forgets the credentials, also for reload and Back', async () => {
  const page = await harness.openSignedOut();
  await signIn(page, harness.app.account);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Auth token').waitFor();
  await page.reload();
  await page.getByLabel('Auth token').waitFor();
  assert.equal(await page.evaluate('sessionStorage.length'), 0);
});

test('a link that is opened in another tab needs no second sign-in, and signing out ends both', async () => {
  const page = await harness.open('/powerpacks');
  const other = await page.context().newPage();
  await other.goto(`${harness.app.url}/console/messages`);
  await other.getByRole('heading', { name: 'Messages', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await other.getByLabel('Auth token').waitFor();
});

test('another browser is not signed in', async () => {
  await harness.open('/powerpacks');
  const other = await harness.openSignedOut();
  await other.getByLabel('Auth token').waitFor();
});

test('a server that is unavailable for a moment ends no session', async () => {
  const page = await harness.open('/powerpacks');
  await page.route('**/v1/Account/**', (route) => route.fulfill({ status: 503, body: '{"error":"busy"}' }));
  await page.reload();
  await page.getByRole('alert').getByText('busy').waitFor();
  await page.getByText('You stay signed in.').waitFor();
  await page.unroute('**/v1/Account/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Powerpacks', level: 1 }).waitFor();
});

test('a token that was replaced elsewhere ends the session, and the sign-in page says why', async () => {
  const account = await harness.app.makeAccount('Replaced');
  const page = await harness.open('/powerpacks', { as: account });
  await harness.app.call('POST', 'Token/', { grace_seconds: 0 }, { as: account });
  await page.getByRole('link', { name: 'Messages' }).click();
  await page.getByText('Your auth token is no longer valid.').waitFor();
  assert.equal(await page.evaluate('sessionStorage.length'), 0);
});

test('a token that is replaced in one tab is replaced in the others', async () => {
  const account = await harness.app.makeAccount('Replacing');
  const page = await harness.open('/account', { as: account });
  const other = await page.context().newPage();
  await other.goto(`${harness.app.url}/console/messages`);
  await other.getByRole('heading', { name: 'Messages', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Rotate token …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('The old token stays valid for').selectOption('not at all: it ends at once');
  await dialog.getByRole('button', { name: 'Rotate token' }).click();
  await dialog.getByLabel('Auth token', { exact: true }).waitFor();
  await other.getByRole('link', { name: 'Numbers' }).click();
  await other.getByRole('link', { name: 'Rent' }).first().waitFor();
});
