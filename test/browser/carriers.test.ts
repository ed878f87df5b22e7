// Carriers and routes in the browser: made, tested, drained and deleted by the operator, and not there for anybody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

/** Nothing listens there, so that the carrier is down. */
const entry = { name: 'smsc', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'geheim12' };

test('a carrier is made from its form or its entry, drained, given a route and deleted', async () => {
  const page = await harness.open('/carriers');
  await page.getByText('Every message goes to the simulator until there is a carrier.').waitFor();
  const dialog = page.getByRole('dialog');

  await page.getByRole('button', { name: 'New carrier' }).click();
  await dialog.getByLabel('Name').fill('smsc');
  await dialog.getByLabel('Host').fill('127.0.0.1');
  await dialog.getByLabel('Port').fill('1');
  await dialog.getByLabel('System id').fill('rucksack');
  await dialog.getByLabel('Password').fill('geheim12');
  await dialog.getByLabel('Window').fill('0');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Create carrier' }).click();
  await dialog.getByText('config.window must be at least 1').waitFor();
  await dialog.getByLabel('Window').fill('');
  await dialog.getByLabel('Kind').selectOption('json');
  assert.deepEqual(JSON.parse(await dialog.getByLabel('Entry').inputValue()), { ...entry, type: 'smpp' });
  await checkAccessibility(page);
  await dialog.getByLabel('Entry').fill(JSON.stringify({ ...entry, windoow: 3 }));
  await dialog.getByRole('button', { name: 'Create carrier' }).click();
  await dialog.getByText('config.windoow is not a key that there is').waitFor();
  await dialog.getByLabel('Entry').fill(JSON.stringify(entry));
  await dialog.getByRole('button', { name: 'Create carrier' }).click();
  const carriers = page.getByRole('table', { name: 'Carriers' });
  await carriers.getByRole('rowheader', { name: 'smsc' }).waitFor();

  // The clock of this server is a virtual one; the connection's is its machine's.
  const bind = carriers.getByText('Bind 1, transceiver');
  await bind.filter({ hasText: / (now|[\d.]+ \w+ ago)/ }).waitFor();

  await page.getByRole('button', { name: 'New route' }).click();
  await dialog.getByLabel('Messages from').selectOption({ label: 'A kind of number' });
  await dialog.getByLabel('Kind').selectOption({ label: 'Toll-free numbers' });
  await dialog.getByLabel('Country').fill('us');
  await dialog.getByLabel('Then').fill('simulator');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Create route' }).click();
  const routes = page.getByRole('table', { name: 'Routes' });
  await routes.getByText('toll-free numbers of US').waitFor();
  await routes.getByText('smsc, then simulator').waitFor();

  await page.getByRole('button', { name: 'Drain smsc' }).click();
  await carriers.getByText('Draining').waitFor();
  await page.getByRole('button', { name: 'Resume smsc' }).click();
  await carriers.getByText('Draining').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Edit smsc' }).click();
  await dialog.getByLabel('Kind').selectOption('json');
  const shown = await dialog.getByLabel('Entry').inputValue();
  assert.ok(shown.includes('"system_id"') && !shown.includes('geheim12'), 'the password is not shown');
  await dialog.getByLabel('Entry').fill(JSON.stringify({ ...JSON.parse(shown), window: 4 }));
  await dialog.getByLabel('Kind').selectOption('smpp');
  assert.equal(await dialog.getByLabel('Window').inputValue(), '4');
  await dialog.getByLabel('Window').fill('3');
  await dialog.getByRole('button', { name: 'Save carrier' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await harness.app.call('GET', 'Carrier/smsc/')).body.config.window, 3);

  await page.getByRole('button', { name: 'Delete smsc' }).click();
  await dialog.getByRole('button', { name: 'Delete carrier' }).click();
  await dialog.getByText('a route leads to smsc').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /^Delete the route of/ }).click();
  await dialog.getByRole('button', { name: 'Delete route' }).click();
  await page.getByText('A carrier gets messages once a route leads to it.').waitFor();
  await page.getByRole('button', { name: 'Delete smsc' }).click();
  await dialog.getByRole('button', { name: 'Delete carrier' }).click();
  await page.getByText('No carriers').waitFor();
});

test('a test message over a carrier shows what became of it', async () => {
  const number = '14155552671';
  await harness.app.call('POST', 'Number/', { numbers: number, carrier: 'own', region: 'California' });
  await harness.app.call('POST', 'Carrier/', { config: { ...entry, name: 'trial' } });
  const page = await harness.open('/carriers', { width: 400, scheme: 'dark' });
  await page.getByRole('button', { name: 'Test trial' }).click();
  const dialog = page.getByRole('dialog');
  await checkAccessibility(page);
  await dialog.getByLabel('From').fill(number);
  await dialog.getByLabel('To').fill('+1 212 555 2368');
  await dialog.getByRole('button', { name: 'Send test message' }).click();
  await page.waitForURL(/\/console\/messages\/[0-9a-f-]{36}$/);
  await page.goBack();
  await page.getByRole('heading', { name: 'Routes' }).waitFor();
  await checkWidth(page);
});

test('a vendor over HTTP is made from its form, and keeps its secrets when it is changed', async () => {
  const page = await harness.open('/carriers', { width: 400 });
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New carrier' }).click();
  await dialog.getByLabel('Kind').selectOption('plivo');
  await dialog.getByLabel('Name').fill('up');
  await dialog.getByLabel('Auth id').fill('MAUP');
  await dialog.getByLabel('Auth token').fill('geheim34');
  await dialog.getByLabel('Services').selectOption({ label: 'SMS' });
  await dialog.getByLabel('Rate').fill('2.5');
  await checkAccessibility(page);
  await checkWidth(page);
  await dialog.getByRole('button', { name: 'Create carrier' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Edit up' }).click();
  assert.equal(await dialog.getByLabel('Auth token').inputValue(), '');
  await dialog.getByLabel('Rate').fill('');
  await dialog.getByRole('button', { name: 'Save carrier' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { config, services } = (await harness.app.call('GET', 'Carrier/up/')).body;
  assert.deepEqual(config, { name: 'up', type: 'http', preset: 'plivo', services: ['sms'] });
  assert.deepEqual(services, ['sms']);
});
