// Opt-outs in the console: opted out by hand, found, looked into, imported, and removed with a reason.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, sendText } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
  await makePowerpack(harness.app, 'Shop', ['14155550100']);
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

test('people are opted out by hand and by STOP, and one of them is let hear again', async () => {
  const page = await harness.open('/opt-outs');
  await page.getByText('No one has written STOP yet.').waitFor();
  await page.getByRole('button', { name: 'Opt out by hand' }).click();
  const dialog = page.getByRole('dialog');
  await checkAccessibility(page);
  await dialog.getByLabel('Numbers of people').fill('+1 212 555 0150\n212');
  await dialog.getByRole('button', { name: 'Opt out' }).click();
  await dialog.getByText('destinations[1] must be a phone number with its country code').waitFor();
  await dialog.getByLabel('Numbers of people').fill('+1 212 555 0150');
  await dialog.getByLabel('What is blocked').selectOption('A powerpack');
  await dialog.getByLabel('Powerpack', { exact: true }).selectOption('Shop');
  await dialog.getByLabel('Reason').fill('asked by telephone');
  await dialog.getByLabel('Your name').fill('Ann');
  await dialog.getByRole('button', { name: 'Opt out' }).click();
  const table = page.getByRole('table', { name: 'Opt-outs, the newest first' });
  await table.getByText('by hand (Ann)').waitFor();
  // Without a reload: the server reports the change.
  await sendText(harness.app, '12125550151', '14155550100', 'STOP');
  await table.getByRole('link', { name: '+1 212 555 0151' }).waitFor();
  await checkAccessibility(page);
  await checkWidth(page);
  await page.getByLabel('By', { exact: true }).selectOption('By hand');
  await page.waitForURL('**/opt-outs?source=api');
  await table.getByRole('link', { name: '+1 212 555 0150' }).click();

  await page.getByText('asked by telephone').first().waitFor();
  const history = page.getByRole('table', { name: 'Changes, the last one first' });
  await history.getByText('Opted out').waitFor();
  await page.getByRole('button', { name: 'Remove the opt-outs' }).click();
  await dialog.getByLabel('Reason').fill('asked in the shop');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Remove the opt-outs' }).click();
  await page.getByText('Messages to this number are not blocked.').waitFor();
  await history.getByText('asked in the shop').waitFor();
  await checkAccessibility(page);
});

test('a file is imported, its bad lines are named, and everything is exported again', async () => {
  const page = await harness.open('/opt-outs');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  const buffer = Buffer.from('destination,scope\n13125550150,account\n312,account\n');
  await dialog.getByLabel('File').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.getByText('line 3: destination must be a phone number with its country code').waitFor();
  await dialog.getByLabel('Leave bad lines out').check();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.getByText('1 opt-out added, 0 known already, 1 line left out.').waitFor();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('link', { name: '+1 312 555 0150' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'opt-outs.csv');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  assert.match(Buffer.concat(chunks).toString(), /^destination,.*\n(.*\n)*13125550150,account,/);
});
