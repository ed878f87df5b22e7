// The find bar of every page: by keys and by pointer, by number, UUID, name and word.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { makePowerpack, sendOne } from '../support/messaging.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  holdBack,
  startConsole,
} from './console-harness.ts';

let harness: ConsoleHarness;
let uuid: string;
let message: string;
before(async () => {
  harness = await startConsole();
  ({ uuid } = await makePowerpack(harness.app, 'Parcel news', ['14155550100']));
  message = await sendOne(harness.app, { powerpack_uuid: uuid, dst: '14155550188' });
});
after(() => harness[Symbol.asyncDispose]());

const fieldOf = (page: Page) => page.getByRole('combobox', { name: 'Find anything' });
const optionsOf = (page: Page) => page.getByRole('listbox', { name: 'Found' }).getByRole('option');

test('the keys lead to the field, choose and go, and a UUID goes at once', async () => {
  const page = await harness.open('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('par');
  await optionsOf(page).filter({ hasText: 'Powerpack Parcel news' }).waitFor();
  await checkAccessibility(page);
  assert.deepEqual(await optionsOf(page).allTextContents(), [
    'Powerpack Parcel news',
    'Messages of a week with “par”',
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const first = await optionsOf(page).first().getAttribute('id');
  assert.equal(await fieldOf(page).getAttribute('aria-activedescendant'), first);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/powerpacks/${uuid}`);
  await page.getByRole('heading', { level: 1, name: 'Parcel news' }).waitFor();
  assert.equal(await fieldOf(page).inputValue(), '');

  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${message}`);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/messages/${message}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('rent num');
  await page.keyboard.press('Escape');
  assert.equal(await fieldOf(page).inputValue(), '');
  assert.equal(await optionsOf(page).count(), 0);
});

test('Enter before the answer goes to what the answer says', async () => {
  const page = await harness.open('/');
  const letGo = await holdBack(page, '**/Find/**');
  await fieldOf(page).fill('415-555-0188');
  await fieldOf(page).press('Enter');
  await page.getByText('Looking …').waitFor();
  letGo();
  await page.waitForURL(/messages\?number=14155550188&range=week/);
});

test('a slash that is written is no command, nor are the keys behind a dialog', async () => {
  const page = await harness.open('/messages');
  const own = page.getByRole('searchbox', { name: 'Number or text' });
  await own.fill('');
  await own.press('/');
  assert.equal(await own.inputValue(), '/');
  await page.getByRole('button', { name: 'By the API' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Control+k');
  assert.equal(await fieldOf(page).and(page.locator(':focus')).count(), 0);
});

test('on a phone, in the dark, it finds by touch and keeps to the width', async () => {
  const page = await harness.open('/numbers', { width: 390, scheme: 'dark' });
  await fieldOf(page).fill('(415) 555 0100');
  await optionsOf(page).filter({ hasText: '+1 415 555 0100' }).waitFor();
  await checkAccessibility(page);
  await checkWidth(page);
  await optionsOf(page).first().click();
  await page.waitForURL('**/numbers/14155550100');
  await fieldOf(page).fill('zzzz 1');
  await optionsOf(page).filter({ hasText: 'Messages of a week with “zzzz 1”' }).waitFor();
  await fieldOf(page).fill('999');
  await page.getByText('Nothing is known by that.').waitFor();
});
