// A powerpack's traffic: seen, read as a table, walked through with the keyboard, in the window that the address names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, send } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

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
  await page.waitForFunction(`${picture} === ${JSON.stringify(dark)}`);
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
