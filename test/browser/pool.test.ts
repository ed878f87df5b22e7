// A pool in the browser: filling it, finding members, their limits, and taking them out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { makePowerpack, send } from '../support/messaging.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  startConsole,
  waitUntil,
} from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

const make = (name: string, numbers: readonly string[], settings: object = {}) =>
  makePowerpack(harness.app, name, numbers, { settings });
const members = async (uuid: string): Promise<string[]> => {
  const { body } = await harness.app.call('GET', `Powerpack/${uuid}/Queue/`);
  return body.objects.map(({ number }: { number: string }) => number);
};
/** Waits until so many members are listed. */
async function awaitListed(page: Page, count: number): Promise<void> {
  const numbers = page.getByRole('table', { name: 'Members of the pool' }).getByRole('rowheader');
  await numbers.nth(count - 1).waitFor();
  await numbers.nth(count).waitFor({ state: 'detached' });
}

test('an empty pool explains the next step; numbers of a state are found on the map, rented and added', async () => {
  const { uuid } = await make('empty', []);
  const page = await harness.open(`/powerpacks/${uuid}`);
  await page.getByText('The pool is empty').waitFor();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Rent and add numbers' }).last().click();
  const panel = page.getByRole('region', { name: 'Rent and add numbers' });
  await panel.waitFor();
  await page.getByRole('button', { name: 'California: 0 members' }).click();
  await panel.getByLabel('Area code').selectOption('415');
  await panel.getByLabel('+1 415 555 0100').check();
  await panel.getByLabel('+1 415 555 0101').check();
  await checkAccessibility(page);
  await panel.getByRole('button', { name: 'Rent and add 2 numbers' }).click();
  await panel.getByText('2 numbers added.').waitFor();
  await page.getByRole('button', { name: 'California: 2 members' }).waitFor();
  assert.deepEqual(await members(uuid), ['14155550100', '14155550101']);
});

test('rented numbers are added together, and each failure is shown by itself', async () => {
  const { uuid } = await make('bulk', []);
  const other = await make('first come', []);
  for (const number of ['14245550100', '14245550101', '14245550102'])
    await harness.app.call('POST', `PhoneNumber/${number}/`);
  const page = await harness.open(`/powerpacks/${uuid}?add=rented`, { scheme: 'dark' });
  const panel = page.getByRole('region', { name: 'Add rented numbers' });
  await panel.getByLabel('Numbers that begin with').fill('+1 424');
  await panel.getByLabel('+1 424 555 0102').waitFor();
  await panel.getByLabel('All on this page').check();
  await harness.app.call('POST', `NumberPool/${other.pool}/Number/14245550101/`);
  await panel.getByRole('button', { name: 'Add 3 numbers' }).click();
  await panel.getByText('2 numbers added.').waitFor();
  await panel.getByText('+1 424 555 0101: number belongs to another powerpack').waitFor();
  await checkAccessibility(page);
  assert.deepEqual(await members(uuid), ['14245550100', '14245550102']);
});

test('a short code is added; a second of the same country is refused in words', async () => {
  const { uuid } = await make('codes', []);
  const page = await harness.open(`/powerpacks/${uuid}`);
  const addShortcode = async (code: string) => {
    await page.getByRole('button', { name: 'Add a short code' }).click();
    await page.getByLabel('Short code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Add the short code' }).click();
  };
  await addShortcode('72301');
  await page.getByRole('row', { name: /72301/ }).waitFor();
  assert.deepEqual(await members(uuid), ['72301']);
  await addShortcode('72302');
  await page.getByText('powerpack already has a short code for US').waitFor();
});

test('members are found, and the address holds the search', async () => {
  const { uuid } = await make('found', ['14155550110', '12125550110', '16045550110', '18885550110']);
  const page = await harness.open(`/powerpacks/${uuid}`);
  const filters = page.getByRole('search', { name: 'Members' });
  await awaitListed(page, 4);
  await filters.getByLabel('Type').selectOption('Toll-free');
  await awaitListed(page, 1);
  await page.getByRole('button', { name: 'New York: 1 member' }).click();
  await page.getByText('No member fits').waitFor();
  assert.match(page.url(), /type=tollfree&region=US-NY$/);
  await page.goBack();
  await page.getByRole('row', { name: /888 555 0110/ }).waitFor();
  await filters.getByRole('button', { name: 'Show all' }).click();
  await awaitListed(page, 4);
  await filters.getByLabel('Number begins with').fill('212');
  await page.keyboard.press('Enter');
  await awaitListed(page, 1);
  await page.getByRole('row', { name: /212 555 0110/ }).waitFor();
});

test('the arrow keys move among the tiles, and the map fits on a phone', async () => {
  const { uuid } = await make('map', ['14155550120']);
  const page = await harness.open(`/powerpacks/${uuid}`, { width: 400 });
  await page.getByRole('button', { name: 'California: 1 member' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await waitUntil(page, 'document.activeElement?.dataset.tile === "US-NV"');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nevada' }).waitFor();
  await checkWidth(page);
  await checkAccessibility(page);
});

test('a member gets limits of its own, and those of its kind back', async () => {
  const { uuid } = await make('limits', ['14155550130']);
  const page = await harness.open(`/powerpacks/${uuid}`, { scheme: 'dark' });
  const own = async () =>
    (await harness.app.call('GET', `Powerpack/${uuid}/Queue/`)).body.objects[0].own_limits;
  const limits = page.getByRole('button', { name: 'Limits of +1 415 555 0130' });
  await limits.click();
  const dialog = page.getByRole('dialog', { name: 'Limits of +1 415 555 0130' });
  await dialog.getByLabel('SMS segments a second').fill('fast');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('sms_per_second must be a number').waitFor();
  await dialog.getByLabel('SMS segments a second').fill('2.5');
  await dialog.getByLabel('Segments a day').fill('50');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('0 / 50').waitFor();
  assert.deepEqual(await own(), { sms_per_second: 2.5, mms_per_second: null, daily_segments: 50 });
  await limits.click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Segments a day').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('0 / 200').waitFor();
  assert.deepEqual(await own(), { sms_per_second: 2.5, mms_per_second: null, daily_segments: null });
});

test('the removal of a member shows its consequences first', async () => {
  const { uuid } = await make('leaving', ['14155550140', '14155550141'], { sticky_sender: true });
  await harness.app.call('POST', `Powerpack/${uuid}/Sticky/14155550190/`, { number: '14155550140' });
  await send(harness.app, { powerpack_uuid: uuid, dst: '14155550190' });
  await send(harness.app, { powerpack_uuid: uuid, dst: '14155550190' });
  await send(harness.app, { powerpack_uuid: uuid, dst: '14155550190' });
  await harness.app.advance(100);
  const page = await harness.open(`/powerpacks/${uuid}`);
  await page.getByRole('button', { name: 'Remove +1 415 555 0140' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove +1 415 555 0140 from the pool?' });
  await dialog.getByText('2 messages in its queue will still go out from it.').waitFor();
  await dialog.getByLabel('Unrent it as well').check();
  await dialog.getByText('2 messages in its queue will fail with code 40').waitFor();
  await dialog.getByText('1 recipient loses its sticky sender').waitFor();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Remove and unrent' }).click();
  await page.getByRole('row', { name: /555 0140/ }).waitFor({ state: 'detached' });
  assert.deepEqual(await members(uuid), ['14155550141']);
  assert.equal((await harness.app.call('GET', 'Number/14155550140/')).status, 404);
});

test('ticked numbers move to the pool of another powerpack', async () => {
  const numbers = ['14155550160', '14155550161', '14155550162'];
  const { uuid } = await make('moving from', numbers);
  const to = await make('moving to', []);
  const page = await harness.open(`/powerpacks/${uuid}`);
  for (const number of ['0160', '0162'])
    await page
      .getByRole('row', { name: new RegExp(`555 ${number}`) })
      .getByRole('checkbox')
      .check();
  await page.getByRole('button', { name: 'Move 2 numbers …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Move 2 numbers to another powerpack' });
  await checkAccessibility(page);
  const move = dialog.getByRole('button', { name: 'Move' });
  assert.equal(await move.isDisabled(), true);
  await dialog.getByLabel('To the pool of').selectOption({ label: 'moving to' });
  await move.click();
  await page.getByText('2 numbers changed.').waitFor();
  await awaitListed(page, 1);
  assert.deepEqual(
    [await members(uuid), (await members(to.uuid)).sort()],
    [['14155550161'], ['14155550160', '14155550162']],
  );
});

test('the map counts messages by destination', async () => {
  const { uuid } = await make('traffic', ['14155550150']);
  await send(harness.app, { powerpack_uuid: uuid, dst: '12125550190' });
  const page = await harness.open(`/powerpacks/${uuid}`);
  await page.getByRole('button', { name: 'Traffic of 24 hours' }).click();
  await page.getByRole('button', { name: 'New York: 1 message', exact: true }).waitFor();
  await checkAccessibility(page);
});
