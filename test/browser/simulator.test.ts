// The simulator in the console: rules without JSON, what handsets got, and the clock.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, sendOne, stateOf } from '../support/messaging.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  signIn,
  startConsole,
  waitUntil,
} from './console-harness.ts';

let harness: ConsoleHarness;
let powerpack: string;
before(async () => {
  harness = await startConsole({ RUCKSACK_VIRTUAL_CLOCK: 'on' });
  ({ uuid: powerpack } = await makePowerpack(harness.app, 'Troubled', ['14155550100']));
});
after(() => harness[Symbol.asyncDispose]());

const rules = async () => (await harness.app.call('GET', 'Simulator/Rule/')).body;

test('a rule is made from a preset, narrowed, applied, counted and reset', async () => {
  const page = await harness.open('/simulator');
  await page.getByRole('button', { name: 'Everything fails' }).click();
  await page.getByRole('button', { name: 'Edit rule 1' }).click();
  await page.getByLabel('To', { exact: true }).fill('1415*');
  await page.getByLabel('Error code').fill('50');
  await page.getByLabel('Error code').press('Tab');
  await page
    .getByText('All messages to 1415* are accepted and reported as undelivered (code 50) after 100 ms.')
    .waitFor();
  await checkAccessibility(page);
  assert.deepEqual((await rules()).rules, [], 'nothing applies before it is asked for');

  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('This is in force.').waitFor();
  const [{ match, report, error_code }] = (await rules()).rules;
  assert.deepEqual([match, report, error_code], [{ destination: '1415*' }, 'undelivered', 50]);

  const message = await sendOne(harness.app, {
    powerpack_uuid: powerpack,
    dst: '14155552000',
    text: 'Hi you',
  });
  await harness.app.advance(60_000);
  assert.equal(await stateOf(harness.app, message), 'undelivered 50');
  await page.getByText('1 message so far.').waitFor();
  const row = page.getByRole('row').filter({ hasText: 'Hi you' });
  await row.getByText('took it').waitFor();
  await row.getByText('undelivered (50)').waitFor();

  await page.getByRole('button', { name: 'Reset …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset rules' }).click();
  await page.getByText('No rules.').waitFor();
  assert.deepEqual((await rules()).rules, []);
});

test('rules are reordered by keyboard, which keeps the focus, and by dragging', async () => {
  const page = await harness.open('/simulator');
  for (const name of ['Throttled', 'Lost reports', 'Late reports']) {
    await page.getByRole('button', { name, exact: true }).click();
  }
  await page.getByRole('button', { name: 'Move rule 3 up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Rule 3 is now rule 2 of 3.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Rule 2 is now rule 1 of 3.').waitFor();
  await waitUntil(page, 'document.activeElement?.getAttribute("aria-label") === "Move rule 1 down"');

  const heads = page.locator('.rule-head');
  await heads.nth(2).dragTo(heads.nth(0));
  await page.getByText(/^1\. .*never reported/).waitFor();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('This is in force.').waitFor();
  const { rules: inForce } = await rules();
  assert.deepEqual(
    inForce.map(({ report, throttle }: Record<string, unknown>) => [report, throttle]),
    [
      ['lost', null],
      ['delivered', 1],
      ['delivered', null],
    ],
  );
  await harness.app.call('DELETE', 'Simulator/Rule/');
});

test('a refusal names its rule, and rules that were changed elsewhere are not overwritten unseen', async () => {
  const page = await harness.open('/simulator');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('button', { name: 'Edit rule 1' }).click();
  await page.getByLabel('To', { exact: true }).fill('not digits');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alert').getByText('Rule 1: destination must be').waitFor();

  await harness.app.call('POST', 'Simulator/Rule/', { rules: [{ report: 'lost' }] });
  await page.getByText('The rules were changed elsewhere meanwhile.').waitFor();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByText('All messages are accepted and never reported.').waitFor();
  await harness.app.call('DELETE', 'Simulator/Rule/');
});

test('the clock is frozen, and advanced by any number of seconds', async () => {
  const clock = async () => (await harness.app.call('GET', 'Simulator/Clock/')).body;
  const page = await harness.open('/simulator', { width: 400, scheme: 'dark' });
  await page.getByText('Frozen').waitFor();
  const before = new Date((await clock()).time).getTime();
  await page.getByRole('button', { name: 'Advance by 15 days' }).click();
  await page.getByText('The clock was advanced').waitFor();
  await page.getByLabel('Seconds', { exact: true }).fill('90');
  await page.getByRole('button', { name: 'Advance', exact: true }).click();
  await page.getByText('29 Mar 2026').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Running').waitFor();
  await page.getByRole('button', { name: 'Freeze' }).click();
  await page.getByText('Frozen').waitFor();
  const { time, frozen } = await clock();
  assert.ok(frozen);
  assert.ok(new Date(time).getTime() - before >= (15 * 86_400 + 90) * 1000);
  await checkWidth(page);
  await checkAccessibility(page);
});

test('times follow the virtual clock', async () => {
  const { time } = (await harness.app.call('GET', 'Simulator/Clock/')).body;
  const message = await sendOne(harness.app, { powerpack_uuid: powerpack, dst: '14155552001', text: 'Hi' });
  const page = await harness.open(`/messages/${message}`);
  await page.getByText('now', { exact: true }).first().waitFor();
  await harness.app.call('POST', 'Simulator/Clock/', { action: 'advance', seconds: 3 * 86_400 });
  await page.getByText('3 d ago').first().waitFor();
  const turned = (await harness.app.call('GET', 'Simulator/Clock/')).body.time;
  assert.equal(Date.parse(turned) - Date.parse(time), 3 * 86_400_000);
  await checkAccessibility(page);
});

test('with the real clock, a wrong clock of the computer does not matter', async () => {
  await using plain = await startConsole();
  plain.app.time.now = new Date();
  const { uuid } = await makePowerpack(plain.app, 'Punctual', ['14155550100']);
  await sendOne(plain.app, { powerpack_uuid: uuid, dst: '14155552002', text: 'Hi' });
  const page = await plain.openSignedOut();
  await page.clock.setSystemTime(Date.now() + 5 * 86_400_000);
  await page.reload();
  await signIn(page, plain.app.account);
  await page.goto(`${plain.app.url}/console/messages`);
  const row = page.getByRole('row').filter({ hasText: '+1 415 555 2002' });
  await row.waitFor();
  const words = (await row.locator('time').first().textContent()) ?? '';
  assert.match(words, /^(now|\d.* s ago)$/);
});

test('a subaccount reads the rules and the time, without buttons that would be refused', async () => {
  const { body } = await harness.app.call('POST', 'Subaccount/', { name: 'Reader', enabled: true });
  const as = { authId: body.auth_id, authToken: body.auth_token };
  const page = await harness.open('/simulator', { as });
  await page.getByText('a main account can change them').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add a rule' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Freeze' }).count(), 0);
});
