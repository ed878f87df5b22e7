// A powerpack's traffic: seen, read as a table, walked through with the keyboard, in the window that the address names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, send } from '../support/messaging.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  dragByFinger,
  startConsole,
  waitUntil,
} from './console-harness.ts';

let harness: ConsoleHarness;
let address: string;
before(async () => {
  harness = await startConsole();
  const numbers = ['14155550100', '14155550101', '12125550100'];
  const settings = { sticky_sender: false, local_connect: false };
  const { uuid } = await makePowerpack(harness.app, 'Orders', numbers, { settings });
  const rules = [{ match: { destination: '13125550190' }, report: 'undelivered' }];
  await harness.app.call('POST', 'Simulator/Rule/', { rules });
  const destinations = Array.from({ length: 20 }, (_, place) => `131255501${place + 71}`);
  await send(harness.app, { powerpack_uuid: uuid, dst: destinations.join('<') });
  await harness.app.advance(60_000);
  address = `/powerpacks/${uuid}/traffic`;
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

const overTime = '20 messages accepted in the last hour: 19 delivered, 1 undelivered.';

for (const scheme of ['light', 'dark'] as const) {
  test(`charts have their result in words, and are accessible (${scheme})`, async () => {
    const page = await harness.open(address, { scheme });
    await page.getByText(overTime).waitFor();
    await page.getByText('Even: busiest 7, quietest 6 of 3 members.').waitFor();
    await page.getByText('95% of 20 finished messages delivered.').waitFor();
    assert.equal(await page.getByRole('img', { name: overTime }).count(), 1);
    await checkAccessibility(page);
  });
}

test('a chart can be read as a table', async () => {
  const page = await harness.open(address);
  const figure = page.getByRole('figure').filter({ hasText: 'Messages by member' });
  await figure.getByRole('button', { name: 'Show as table' }).click();
  const rows = await figure.getByRole('row').allInnerTexts();
  assert.deepEqual(
    rows.slice(1).map((row) => row.split('\t')[1]),
    ['7', '7', '6'],
  );
  await checkAccessibility(page);
  await figure.getByRole('button', { name: 'Show as table' }).click();
  assert.equal(await figure.getByRole('table').count(), 0);
});

test('the keyboard walks through a chart, point by point', async () => {
  const page = await harness.open(address);
  const slider = page.getByRole('slider', { name: 'Through the chart: Messages by member' });
  await slider.focus();
  await page.keyboard.press('Home');
  const said = await slider.getAttribute('aria-valuetext');
  assert.match(said ?? '', /^\+1 \d{3} 555 01\d\d: messages 7, average 6\.7$/);
  await page.locator('p.readout', { hasText: said ?? '' }).waitFor();
});

test('the keyboard chooses a stretch of a chart, which leads to its messages and to its traffic alone', async () => {
  const page = await harness.open(address);
  await page.getByText(overTime).waitFor();
  const slider = page.getByRole('slider', { name: 'Through the chart: Messages over time' });
  await slider.focus();
  for (const key of ['Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowRight'])
    await page.keyboard.press(key);
  const figure = page.getByRole('figure').filter({ hasText: 'Messages over time' });
  const messages = figure.getByRole('link', { name: /^Messages of \d\d:\d\d to \d\d:\d\d$/ });
  const query = new URL((await messages.getAttribute('href')) ?? '', page.url()).searchParams;
  const [from, to] = [query.get('message_time__gte'), query.get('message_time__lt')];
  assert.equal(Date.parse(`${to}Z`) - Date.parse(`${from}Z`), 2 * 60_000);
  const chosenWidth = "document.querySelector('.u-select').offsetWidth";
  assert.ok((await page.evaluate<number>(chosenWidth)) > 0);
  await checkAccessibility(page);

  await page.keyboard.press('Escape');
  await messages.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate<number>(chosenWidth), 0);
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/[?]from=.*&to=/);
  await page.getByText(/^20 messages accepted from .* to .*: 19 delivered, 1 undelivered[.]$/).waitFor();
  await checkWidth(page);
});

test('dragging over a chart chooses a stretch, and its messages are those of the list', async () => {
  const page = await harness.open(address);
  const figure = page.getByRole('figure').filter({ hasText: 'Wait until sent' });
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.locator('.u-over').boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await figure.getByRole('link', { name: /^Messages of / }).click();
  const rows = page.getByRole('table', { name: 'Messages' }).locator('tbody tr');
  await rows.nth(19).waitFor();
  assert.equal(await rows.count(), 20);
});

test('a finger on a phone chooses a stretch of a chart by dragging along it, and scrolls the page by dragging up', async () => {
  const page = await harness.open(address, { width: 390 });
  const figure = page.getByRole('figure').filter({ hasText: 'Wait until sent' });
  const plot = figure.locator('.u-over');
  await plot.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const messages = figure.getByRole('link', { name: /^Messages of / });
  const middle = async () => {
    const box = await plot.boundingBox();
    assert.ok(box !== null);
    return {
      left: box.x + 1,
      right: box.x + box.width - 1,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
    };
  };
  const { x, y: from } = await middle();
  const scrolled = await page.evaluate<number>('scrollY');
  await dragByFinger(page, { x, y: from }, { x, y: from - 90 });
  await waitUntil(page, `scrollY > ${scrolled}`);
  assert.equal(await messages.count(), 0);

  const { left, right, y } = await middle();
  await dragByFinger(page, { x: left, y }, { x: right, y });
  await messages.click();
  const rows = page.getByRole('table', { name: 'Messages' }).locator('tbody tr');
  await rows.nth(19).waitFor();
  assert.equal(await rows.count(), 20);
});

test('the times to delivery stand by area, and lead to the messages of the area', async () => {
  const page = await harness.open(address, { width: 400 });
  await page.getByText('312 Illinois: half within 100 ms, 95% within 100 ms.').waitFor();
  await checkWidth(page);
  const areas = page.getByRole('table', { name: 'Delivery by area' });
  await areas.getByRole('link', { name: '312' }).click();
  await page.waitForURL(/area_code=312/);
  await page.getByRole('table', { name: 'Messages' }).getByRole('row').nth(1).waitFor();
});

test('the window of time is in the address', async () => {
  const page = await harness.open(address);
  await page.getByText(overTime).waitFor();
  await page.getByRole('link', { name: '90 days, by day' }).click();
  await page.getByText('20 messages accepted in the last 90 days: 19 delivered, 1 undelivered.').waitFor();
  assert.equal(new URL(page.url()).search, '?window=quarter');
  await page.goBack();
  await page.getByText(overTime).waitFor();
});

test('charts are as wide as a phone, and follow its colours', async () => {
  const page = await harness.open(address, { width: 400 });
  await page.getByText(overTime).waitFor();
  await checkWidth(page);
  const picture = "document.querySelector('.plot canvas').toDataURL()";
  const inTheDark = await harness.open(address, { width: 400, scheme: 'dark' });
  await inTheDark.getByText(overTime).waitFor();
  const dark = await inTheDark.evaluate<string>(picture);
  assert.notEqual(await page.evaluate<string>(picture), dark);
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitUntil(page, `${picture} === ${JSON.stringify(dark)}`);
});

test('a new message is in the figures without a reload', async () => {
  const page = await harness.open(`${address}?window=week-days`);
  const before = '20 messages accepted in the last 7 days';
  await page.getByText(before).waitFor();
  const [, uuid = ''] = address.match(/powerpacks\/([^/]+)/) ?? [];
  await send(harness.app, { powerpack_uuid: uuid, dst: '13125550191' });
  // Counting is calm: the slower it is, the more seldom it is done.
  await page.getByText('21 messages accepted in the last 7 days').waitFor({ timeout: 60_000 });
});
