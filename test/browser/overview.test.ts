// The overview: first steps of a new account, what needs somebody, and the figures of the last hour.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, sendOne } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

test('first steps tick themselves off, wherever they are taken', async () => {
  const as = await harness.app.makeAccount('new here');
  const page = await harness.open('/', { as });
  await page.getByRole('heading', { name: 'First steps: 0 of 4 done' }).waitFor();
  await checkAccessibility(page);
  const { uuid } = await makePowerpack(harness.app, 'Mine', ['14155550180'], { as });
  await sendOne(harness.app, { powerpack_uuid: uuid, dst: '14155550190' }, as);
  // Counting is calm: the slower it is, the more seldom it is done.
  await page.getByRole('heading', { name: 'First steps: 3 of 4 done' }).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Set an application' }).last().click();
  await page.waitForURL(`**/powerpacks/${uuid}/settings`);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`problems come first, with links (${scheme})`, async () => {
    const as = await harness.app.makeAccount(`busy in the ${scheme}`);
    const numbers = scheme === 'light' ? ['12125550100'] : ['13125550100'];
    const { uuid } = await makePowerpack(harness.app, 'Busy', numbers, { as });
    const empty = await makePowerpack(harness.app, 'Hollow', [], { as });
    await sendOne(harness.app, { powerpack_uuid: uuid, dst: '14155550191' }, as);
    const page = await harness.open('/', { as, scheme, width: scheme === 'light' ? 1280 : 400 });
    await page.getByText('1 message accepted in the last hour').waitFor();
    await checkAccessibility(page);
    await checkWidth(page);
    const rows = page.getByRole('table', { name: 'Powerpacks' }).locator('tbody tr');
    assert.match((await rows.first().textContent()) ?? '', /^HollowNo members/);
    await page.getByRole('link', { name: 'Hollow has no members: nothing can be sent with it.' }).click();
    await page.waitForURL(`**/powerpacks/${empty.uuid}`);
  });
}
