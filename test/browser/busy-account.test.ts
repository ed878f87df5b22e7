// The questions of those who run a busy account, each answered on the pages in a few clicks: on the world of `console-world.ts`, made small.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';
import { buildWorld, smallWorld, type World } from './console-world.ts';
import { type OpenShop, startShop } from './shop.ts';

let harness: ConsoleHarness;
let shop: OpenShop;
let world: World;
before(async () => {
  harness = await startConsole({ RUCKSACK_VIRTUAL_CLOCK: 'on', RUCKSACK_HEALTH_MESSAGES: '8' });
  shop = await startShop();
  const ask = async (method: string, path: string, body?: object) => {
    const { status, body: answer, text } = await harness.app.call(method, path, body);
    assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
    return answer;
  };
  world = await buildWorld(ask, shop, smallWorld);
});
after(async () => {
  await harness[Symbol.asyncDispose]();
  await shop.close();
});

const spaced = (number: string): string => number.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
const rowsOf = (page: Page, table: string) => page.getByRole('table', { name: table }).locator('tbody tr');

test('why did messages not arrive: by reason, then by number, in two clicks', async () => {
  const page = await harness.open('/messages');
  const reasons = page.getByRole('region', { name: 'did not arrive' });
  await reasons.getByRole('button', { name: '30 Spam detected' }).click();
  await page.waitForURL(/error_code=30/);
  await rowsOf(page, 'Messages').first().getByText('30 Spam detected').waitFor();
  await reasons.getByRole('button', { name: spaced(world.sick) }).click();
  await page.waitForURL(new RegExp(`from_number=${world.sick}`));
  await rowsOf(page, 'Messages').first().getByText(spaced(world.sick)).waitFor();
});

test('which number is sick, and why: from the alarm to its page in two clicks', async () => {
  const page = await harness.open('/');
  await page.getByRole('link', { name: 'of Password codes is unhealthy' }).click();
  await page.getByRole('link', { name: spaced(world.sick) }).click();
  await page.getByText('Unhealthy').waitFor();
  await page.getByRole('heading', { name: 'Health over time' }).waitFor();
  await page.getByRole('link', { name: '30 Spam detected' }).waitFor();
});

test('those who wait for an answer are the first list of the inbox, with their words', async () => {
  const page = await harness.open('/conversations');
  const rows = rowsOf(page, 'Conversations');
  await rows.first().getByText('Unanswered').waitFor();
});

test('a message is found by a number in any spelling, and by its text', async () => {
  const page = await harness.open('/messages');
  const find = page.getByRole('searchbox', { name: 'Find' });
  const [, area, exchange, line] = /^1(\d{3})(\d{3})(\d{4})$/.exec(world.sick) ?? [];
  await find.fill(`(${area}) ${exchange}-${line}`);
  await find.press('Enter');
  await rowsOf(page, 'Messages').first().getByText(spaced(world.sick)).waitFor();
  await find.fill('neighbour');
  await find.press('Enter');
  await page.waitForURL(/text=neighbour/);
});

describe('the list of messages with its reasons is accessible and keeps to its width', () => {
  const looks = [
    { width: 1440, scheme: 'light' },
    { width: 390, scheme: 'dark' },
  ] as const;
  for (const look of looks) {
    test(`at ${look.width} pixels, ${look.scheme}`, async () => {
      const page = await harness.open('/messages', look);
      await rowsOf(page, 'Messages').first().waitFor();
      await checkAccessibility(page);
      await checkWidth(page);
    });
  }
});
