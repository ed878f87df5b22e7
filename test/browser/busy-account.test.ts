// The questions of those who run a busy account, each answered on the pages in a few clicks: on the world of `console-world.ts`, made small.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  startConsole,
  waitUntil,
} from './console-harness.ts';
import { buildWorld, smallWorld, type World } from './console-world.ts';
import { type OpenShop, startShop } from './shop.ts';

let harness: ConsoleHarness;
let shop: OpenShop;
let world: World;
before(async () => {
  harness = await startConsole({ RUCKSACK_VIRTUAL_CLOCK: 'on', RUCKSACK_HEALTH_MESSAGES: '5' });
  shop = await startShop();
  const ask = async (method: string, path: string, body?: object) => {
    const { status, body: answer, text } = await harness.app.call(method, path, body);
    assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
    return answer;
  };
  world = await buildWorld(ask, shop, smallWorld);
  // The next morning: what went wrong in the afternoon and at night is yesterday's.
  await ask('POST', 'Simulator/Clock/', { action: 'advance', seconds: 6 * 3600 });
});
after(async () => {
  await harness[Symbol.asyncDispose]();
  await shop.close();
});

const spaced = (number: string): string => number.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
const rowsOf = (page: Page, table: string) => page.getByRole('table', { name: table }).locator('tbody tr');

interface Beginning {
  readonly page: Page;
  readonly click: (what: Locator) => Promise<void>;
  /** Clicks on an entry of the menu, which on a phone is opened first. */
  readonly choose: (entry: string) => Promise<void>;
  readonly clicks: () => number;
}

/** Opens the overview, where every question begins, and counts the clicks. */
async function begin(width: number): Promise<Beginning> {
  const page = await harness.open('/', { width });
  let clicks = 0;
  const click = async (what: Locator) => {
    await what.click();
    clicks += 1;
  };
  return {
    page,
    click,
    clicks: () => clicks,
    async choose(entry) {
      if (width === phone) await page.getByRole('button', { name: 'Menu' }).click();
      await click(
        page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: entry, exact: true }),
      );
    },
  };
}

const desktop = 1440;
const phone = 390;

for (const width of [desktop, phone]) {
  describe(`at ${width} pixels`, () => {
    test("why were yesterday's messages undelivered? By reason, then by number, in three clicks and a choice", async () => {
      const { page, click, choose, clicks } = await begin(width);
      await choose('Messages');
      await page.getByLabel(/^Time/).selectOption({ label: 'Yesterday' });
      const reasons = page.getByRole('region', { name: 'did not arrive' });
      await click(reasons.getByRole('button', { name: '30 Spam detected' }));
      await page.waitForURL(/error_code=30/);
      await rowsOf(page, 'Messages').first().getByText('30 Spam detected').waitFor();
      await click(reasons.getByRole('button', { name: spaced(world.sick) }));
      await page.waitForURL(new RegExp(`from_number=${world.sick}`));
      await rowsOf(page, 'Messages').first().getByText(spaced(world.sick)).waitFor();
      assert.equal(clicks(), 3);
    });

    test('since when do messages not arrive, and why? The reasons by day, in two clicks and a choice', async () => {
      const { page, click, choose, clicks } = await begin(width);
      await choose('Messages');
      await page.getByLabel(/^Time/).selectOption({ label: 'Last 7 days' });
      const figure = page.getByRole('figure').filter({ hasText: 'Reasons over time' });
      await figure.getByText(/^The most on \d+ \w+: [\d,]+ messages, /).waitFor();
      await click(figure.getByRole('button', { name: 'Show as table' }));
      await figure.getByRole('columnheader', { name: 'Day' }).waitFor();
      const headings = await figure.getByRole('columnheader').allInnerTexts();
      assert.ok(
        headings.length > 2 && headings.slice(1).every((name) => /^\d+ |^Other reasons/i.test(name)),
        String(headings),
      );
      await checkAccessibility(page);
      assert.equal(clicks(), 2);
    });

    test('which number is sick, and what did it do? From the alarm to its health and its reasons in two clicks', async () => {
      const { page, click, clicks } = await begin(width);
      await click(page.getByRole('link', { name: /of Password codes (is|are) unhealthy/ }));
      await click(page.getByRole('link', { name: spaced(world.sick) }));
      // The pool's page, which says "Unhealthy" of several members, is left first.
      await page.getByRole('heading', { name: 'Health over time' }).waitFor();
      await page.getByText('Unhealthy').waitFor();
      await page.getByRole('link', { name: '30 Spam detected' }).waitFor();
      assert.equal(clicks(), 2);
    });

    test('the inbox: who is waiting for an answer? They are the first list of the inbox, with their words, one click away', async () => {
      const { page, choose, clicks } = await begin(width);
      await choose('Conversations');
      await rowsOf(page, 'Conversations').first().getByText('Unanswered').waitFor();
      assert.equal(clicks(), 1);
    });

    test('is the pool used evenly? The answer is a sentence, and a table that is sorted, in five clicks', async () => {
      const { page, click, clicks } = await begin(width);
      await click(page.getByRole('link', { name: 'Order updates', exact: true }));
      await click(page.getByRole('link', { name: 'Traffic', exact: true }));
      await click(page.getByRole('link', { name: 'Week, by day' }));
      await page.getByText(/(Even|Fairly even|Uneven): eight of ten members sent/).waitFor();
      const table = page.getByRole('region', { name: 'Members by messages, as a table' });
      if (width === phone) {
        await table.getByLabel('Sort by').selectOption({ label: 'Messages' });
        await table.getByRole('button', { name: 'Largest first' }).click();
        await table.getByRole('button', { name: 'Smallest first' }).waitFor();
      } else {
        await click(table.getByRole('button', { name: 'Messages' }));
        await click(table.getByRole('button', { name: 'Messages' }));
        const column = table.getByRole('columnheader', { name: 'Messages' });
        assert.equal(await column.getAttribute('aria-sort'), 'ascending');
        assert.equal(clicks(), 5);
      }
      const counts = await table.locator('tbody td:nth-child(2)').allInnerTexts();
      assert.deepEqual(
        counts,
        counts.toSorted((one, other) => Number(one) - Number(other)),
      );
    });

    test('where are numbers missing? Area codes with how many, two clicks away', async () => {
      const { page, click, clicks } = await begin(width);
      await click(page.getByRole('link', { name: 'Order updates', exact: true }));
      await click(page.getByRole('link', { name: 'Missing numbers' }));
      await page
        .getByText(/% of [\d,]+ messages of the last 7 days went to an area code with a member/)
        .waitFor();
      const first = rowsOf(page, 'Area codes without a member').first();
      assert.match((await first.getByRole('rowheader').textContent()) ?? '', /^\d{3}$/);
      assert.equal(clicks(), 2);
    });
  });
}

test('a message is found by a number in any spelling, and by its text', async () => {
  const page = await harness.open('/messages');
  const find = page.getByRole('searchbox', { name: 'Number or text' });
  const [, area, exchange, line] = /^1(\d{3})(\d{3})(\d{4})$/.exec(world.sick) ?? [];
  await find.fill(`(${area}) ${exchange}-${line}`);
  await find.press('Enter');
  await rowsOf(page, 'Messages').first().getByText(spaced(world.sick)).waitFor();
  await find.fill('neighbour');
  await find.press('Enter');
  await page.waitForURL(/text=neighbour/);
});

test('members are sorted by their health, all of them, and changed together', async () => {
  const page = await harness.open(`/powerpacks/${world.codes}`);
  const members = page.getByRole('table', { name: 'Members of the pool' });
  await members.getByRole('button', { name: 'Health' }).click();
  await page.waitForURL(/sort=/);
  await members.getByRole('button', { name: 'Health' }).click();
  await page.waitForURL(/sort=health/);
  await members.locator('tbody tr').first().getByText('Unhealthy').waitFor();
  for (const row of [0, 1]) await members.locator('tbody tr').nth(row).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Limits of 2 members …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Segments a day').fill('150');
  let changes = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') changes += 1;
  });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 numbers changed.').waitFor();
  await members.getByText('/ 150').nth(1).waitFor();
  assert.equal(changes, 1);
});

describe('the pages that answer are accessible and keep to their width', () => {
  for (const width of [1440, 390]) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`at ${width} pixels, ${scheme}`, async () => {
        const powerpack = `/powerpacks/${world.orders}`;
        const page = await harness.open('/', { width, scheme });
        const pages = [
          '/',
          '/messages?range=yesterday',
          `/numbers/${world.sick}`,
          '/webhooks',
          '/conversations',
          powerpack,
          `${powerpack}/traffic?window=week-days`,
          `${powerpack}/missing`,
        ];
        for (const path of pages) {
          await page.goto(`${harness.app.url}/console${path}`);
          await page.locator('main :is(table, figure, .card)').first().waitFor();
          await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
          await checkAccessibility(page);
          await checkWidth(page);
        }
      });
    }
  }
});

// Once they are queued again nothing has failed: on a phone it goes as far as the test call.
for (const width of [phone, desktop]) {
  test(`replay of all that failed last night: it begins after a test call, in four clicks (at ${width} pixels)`, async () => {
    const { page, click, clicks } = await begin(width);
    await click(page.getByRole('link', { name: /callbacks failed for good/ }));
    await click(page.getByRole('button', { name: `Replay all … that failed of ${shop.url}/status` }));
    const dialog = page.getByRole('dialog');
    await click(dialog.getByRole('button', { name: 'Test call' }));
    await dialog.getByRole('status').getByText('200').waitFor();
    const replay = dialog.getByRole('button', { name: /^Replay \d+ callback/ });
    await checkAccessibility(page);
    if (width === phone) return replay.waitFor();
    await click(replay);
    await page.getByText(/callbacks? queued again/).waitFor();
    assert.equal(clicks(), 4);
  });
}

test('the numbers that are missing are rented together', async () => {
  const page = await harness.open(`/powerpacks/${world.orders}/missing`);
  const rows = rowsOf(page, 'Area codes without a member');
  await rows.first().waitFor();
  for (const row of [0, 1, 2]) await rows.nth(row).getByRole('checkbox').check();
  await page.getByRole('button', { name: /^Rent \d+ numbers? in 3 area codes$/ }).click();
  await page.getByText('3 area codes served.').waitFor();
});

describe('nothing moves while pages load', () => {
  for (const width of [desktop, phone]) {
    test(`at ${width} pixels`, async () => {
      const page = await harness.open('/', { width });
      await page.addInitScript(`
        globalThis.moved = 0;
        new PerformanceObserver((list) => {
          for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) moved += value;
        }).observe({ type: 'layout-shift', buffered: true });
      `);
      const powerpack = `/powerpacks/${world.orders}`;
      const pages = [
        '/',
        '/messages?range=week',
        '/webhooks',
        '/numbers',
        '/simulator',
        '/account',
        powerpack,
        `${powerpack}/traffic`,
      ];
      for (const path of pages) {
        await page.goto(`${harness.app.url}/console${path}`);
        await page.locator('main :is(table, figure, .card)').first().waitFor();
        await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
        // More than a tenth is more than readers put up with: https://web.dev/articles/cls
        const moved = await page.evaluate<number>('moved');
        assert.ok(moved < 0.1, `${path}: ${moved}`);
      }
    });
  }
});

test('Back returns to the place in a list that was left, and the next page is shown from its beginning', async () => {
  for (const path of ['/messages?range=week', `/powerpacks/${world.orders}`]) {
    const page = await harness.open(path);
    const rows = page.locator('main table').last().locator('tbody tr');
    await rows.nth(19).waitFor();
    await rows.nth(17).scrollIntoViewIfNeeded();
    const left = await page.evaluate<number>('scrollY');
    assert.ok(left > 0);
    await rows.nth(17).getByRole('link').first().click();
    await waitUntil(page, 'scrollY === 0');
    await page.goBack();
    await rows.nth(19).waitFor();
    await waitUntil(page, `Math.abs(scrollY - ${left}) < 2`);
    await page.getByRole('button', { name: 'Next' }).last().click();
    await page.waitForURL(/offset=20/);
    const top = "document.querySelector('main nav.pager').previousElementSibling.getBoundingClientRect().top";
    await waitUntil(page, `Math.abs(${top}) < 2`);
  }
});

test('an empty pool shows no map, not even at first', async () => {
  const page = await harness.open('/');
  await page.addInitScript(`
    new MutationObserver(() => {
      if (document.querySelector('.map-fold')) globalThis.hadMap = true;
    }).observe(document, { childList: true, subtree: true });
  `);
  await page.goto(`${harness.app.url}/console/powerpacks/${world.empty}`);
  await page.getByText('The pool is empty').waitFor();
  assert.equal(await page.evaluate('globalThis.hadMap'), undefined);
});

test('messages that were sent and never reported are counted, and a link leads to them', async () => {
  const page = await harness.open(`/powerpacks/${world.orders}/traffic?window=week`);
  const link = page.getByRole('link', { name: /^[\d,]+ messages? without a report$/ });
  const [count = ''] = /[\d,]+/.exec((await link.textContent()) ?? '') ?? [];
  await link.click();
  await page.waitForURL(/message_state=sent/);
  const rows = rowsOf(page, 'Messages').filter({ has: page.getByText('sent', { exact: true }) });
  await rows.nth(Number(count) - 1).waitFor();
  assert.equal(await rowsOf(page, 'Messages').count(), Number(count));
});

test('on a phone a callback shows its URL and its time, and a member its health and its removal', async () => {
  const page = await harness.open('/webhooks', { width: phone });
  const callback = rowsOf(page, 'Callbacks, the newest first').first();
  await callback.scrollIntoViewIfNeeded();
  for (const part of [callback.getByText(shop.url), callback.locator('time').first()])
    await isInView(page, part);
  await page.goto(`${harness.app.url}/console/powerpacks/${world.orders}`);
  const member = rowsOf(page, 'Members of the pool').first();
  await member.scrollIntoViewIfNeeded();
  for (const part of [
    member.getByText(/Healthy|Idle|Too few messages/),
    member.getByRole('button', { name: /^Remove / }),
  ])
    await isInView(page, part);
});

/** Checks that a part of the page lies between its left and its right edge. */
async function isInView(page: Page, part: Locator): Promise<void> {
  const box = await part.boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  assert.ok(box !== null && box.x >= 0 && box.x + box.width <= width, `${JSON.stringify(box)} of ${width}`);
}
