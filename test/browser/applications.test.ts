// Applications in the console: made, changed, deleted after a look at what leads to them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(() => harness[Symbol.asyncDispose]());

test('an application is made, changed, and deleted with its dependants shown first', async () => {
  const page = await harness.open('/applications');
  await page.getByText('No applications yet').waitFor();
  await page.getByRole('link', { name: 'New application' }).first().click();
  await page.getByLabel('Name').fill('Support');
  await page.getByLabel('Message URL', { exact: true }).fill('https://hooks.example.net/in');
  await page.getByLabel('Default for new numbers').check();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Create application' }).click();
  await page.getByRole('heading', { name: 'Support', level: 1 }).waitFor();
  const [made] = (await harness.app.call('GET', 'Application/')).body.objects;
  assert.deepEqual(
    [made.app_name, made.message_url, made.message_method, made.default_app],
    ['Support', 'https://hooks.example.net/in', 'POST', true],
  );

  await page.getByLabel('Method of the Message URL').selectOption('GET');
  await page.getByLabel('Store incoming messages').uncheck();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved.').waitFor();
  const { body: changed } = await harness.app.call('GET', `Application/${made.app_id}/`);
  assert.deepEqual([changed.message_method, changed.log_incoming_messages], ['GET', false]);

  const settings = { application_id: made.app_id, application_type: 'XML' };
  await makePowerpack(harness.app, 'Leads there', ['14155550100'], { settings });
  await page.getByRole('button', { name: 'Delete …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('link', { name: 'Leads there' }).waitFor();
  await dialog.getByText('1 number, by themselves or by their powerpack').waitFor();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Delete application' }).click();
  await page.getByText('No applications yet').waitFor();
  assert.equal((await harness.app.call('GET', `Application/${made.app_id}/`)).status, 404);
});

test('a refusal is shown at the form, and the typed values stay', async () => {
  const page = await harness.open('/applications/new', { width: 400, scheme: 'dark' });
  await page.getByLabel('Name').fill(' ');
  await page.getByLabel('Message URL', { exact: true }).fill('https://hooks.example.net/in');
  await page.getByRole('button', { name: 'Create application' }).click();
  await page.getByRole('alert').getByText('app_name').waitFor();
  assert.equal(
    await page.getByLabel('Message URL', { exact: true }).inputValue(),
    'https://hooks.example.net/in',
  );
  await checkWidth(page);
  await checkAccessibility(page);
});

test('a form follows the server, except in changed fields', async () => {
  const { body } = await harness.app.call('POST', 'Application/', { app_name: 'Followed' });
  const page = await harness.open(`/applications/${body.app_id}`);
  await page.getByLabel('Message URL', { exact: true }).fill('https://mine.example.net/');
  await harness.app.call('POST', `Application/${body.app_id}/`, {
    message_url: 'https://theirs.example.net/',
    log_incoming_messages: false,
  });
  await page.getByRole('checkbox', { name: 'Store incoming messages', checked: false }).waitFor();
  assert.equal(
    await page.getByLabel('Message URL', { exact: true }).inputValue(),
    'https://mine.example.net/',
  );
});
