// Signing in and out, and what becomes of the credentials.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConsoleStage, checkAccessibility, signIn, startConsole } from './console-stage.ts';

let stage: ConsoleStage;
before(async () => {
  stage = await startConsole();
});
after(async () => {
  await stage[Symbol.asyncDispose]();
});

const kept =
  'JSON.stringify([localStorage, sessionStorage, document.cookie, location.href]) + document.documentElement.outerHTML';

test('a wrong token is refused, in words, and the right one signs in', async () => {
  const page = await stage.openSignedOut();
  await checkAccessibility(page);
  await page.getByLabel('Auth id').fill(stage.app.account.authId);
  await page.getByLabel('Auth token').fill('not-the-token-at-all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This auth id and token do not belong together.').waitFor();
  await signIn(page, stage.app.account);
});

test('a reload keeps who is signed in, and the token is nowhere to be read', async () => {
  const page = await stage.openSignedOut();
  await signIn(page, stage.app.account);
  await page.reload();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  const everything = await page.evaluate<string>(kept);
  assert.ok(!everything.includes(stage.app.account.authToken));
  assert.ok(!everything.includes(btoa(`${stage.app.account.authId}:${stage.app.account.authToken}`)));
});

test('signing out forgets the credentials, also for a reload and for the way back', async () => {
  const page = await stage.openSignedOut();
  await signIn(page, stage.app.account);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Auth token').waitFor();
  await page.reload();
  await page.getByLabel('Auth token').waitFor();
  assert.equal(await page.evaluate('sessionStorage.length'), 0);
});

test('another tab is not signed in', async () => {
  const page = await stage.open('/powerpacks');
  const other = await page.context().newPage();
  await other.goto(`${stage.app.url}/console/powerpacks`);
  await other.getByLabel('Auth token').waitFor();
});
