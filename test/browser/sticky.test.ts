// Sticky senders in the browser: looking up, pinning, moving, resetting.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

const recipient = '14155550190';
const make = (name: string, numbers: readonly string[], isSticky: boolean) =>
  makePowerpack(harness.app, name, numbers, { settings: { sticky_sender: isSticky } });
const senderOf = async (uuid: string): Promise<string | undefined> =>
  (await harness.app.call('GET', `Powerpack/${uuid}/Sticky/${recipient}/`)).body.number;

test('a recipient is looked up, pinned, moved and reset', async () => {
  const { uuid } = await make('sticky', ['14155550100', '14155550101'], true);
  const page = await harness.open(`/powerpacks/${uuid}/sticky`);
  await page.getByText('No recipient has a sticky sender yet').waitFor();
  await page.getByRole('searchbox', { name: 'Recipient' }).fill('+1 (415) 555-0190');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('has no sticky sender in this powerpack').waitFor();
  await page.getByRole('button', { name: 'Pin to a member' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('+1 415 555 0101').check();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Pin' }).click();
  await page.getByText('are sent from +1 415 555 0101.').first().waitFor();
  assert.equal(await senderOf(uuid), '14155550101');

  await page.getByRole('button', { name: 'Move +1 415 555 0190' }).click();
  await dialog.getByLabel('Find a member').fill('14155550100');
  await dialog.getByLabel('+1 415 555 0101').waitFor({ state: 'detached' });
  await dialog.getByLabel('+1 415 555 0100').check();
  await dialog.getByRole('button', { name: 'Pin' }).click();
  await page.getByText('are sent from +1 415 555 0100.').first().waitFor();
  assert.equal(await senderOf(uuid), '14155550100');

  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('No recipient has a sticky sender yet').waitFor();
  assert.equal(await senderOf(uuid), undefined);
});

test('mappings are listed newest first, in pages, and all reset after a question', async () => {
  const { uuid } = await make('many', ['14155550110'], true);
  for (let index = 0; index < 21; index += 1) {
    const destination = `1415555${String(200 + index).padStart(4, '0')}`;
    await harness.app.advance(1000);
    await harness.app.call('POST', `Powerpack/${uuid}/Sticky/${destination}/`, { number: '14155550110' });
  }
  const page = await harness.open(`/powerpacks/${uuid}/sticky`, { width: 400, scheme: 'dark' });
  const table = page.getByRole('table', { name: /Sticky recipients/ });
  const first = table.getByRole('rowheader').first();
  await table.waitFor();
  assert.equal(await first.textContent(), '+1 415 555 0220');
  await checkWidth(page);
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('21 to 21 of 21').waitFor();
  await table.getByRole('rowheader', { name: '+1 415 555 0220' }).waitFor({ state: 'detached' });
  assert.equal(await first.textContent(), '+1 415 555 0200');
  await page.getByRole('button', { name: 'Reset all' }).click();
  await page.getByRole('dialog', { name: 'Reset all 21 recipients?' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset all' }).click();
  await page.getByText('No recipient has a sticky sender yet').waitFor();
  assert.equal((await harness.app.call('GET', `Powerpack/${uuid}/Sticky/`)).body.meta.total_count, 0);
});

test('where sticky sender is off, the page explains it and links to its switch', async () => {
  const { uuid } = await make('off', [], false);
  const page = await harness.open(`/powerpacks/${uuid}/sticky`);
  await page.getByText('Sticky sender is off').waitFor();
  await checkAccessibility(page);
  await page.getByRole('link', { name: 'Turn it on in the settings' }).click();
  await page.waitForURL(/\/settings$/);
});
