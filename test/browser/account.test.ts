// The account in the console: its details, its token, its subaccounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(() => harness[Symbol.asyncDispose]());

test('the details of the account are changed', async () => {
  const page = await harness.open('/account');
  await page.getByLabel('City').fill('Springfield');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved.').waitFor();
  assert.equal((await harness.app.call('GET', '')).body.city, 'Springfield');
});

test('changes are shown with who made them and what differs, and found by path', async () => {
  const as = await harness.app.makeAccount('Changing');
  const { body: key } = await harness.app.call(
    'POST',
    'Key/',
    { name: 'the shop', role: 'operator' },
    { as },
  );
  const shop = { authId: key.key_id, authToken: key.secret };
  await harness.app.advance(1000);
  await harness.app.call('POST', '', { city: 'Springfield' }, { as: shop });
  const page = await harness.open('/account', { as });
  await page.getByRole('link', { name: 'Changes' }).click();
  const rows = page.getByRole('table', { name: 'Changes, the newest first' }).locator('> tbody > tr');
  await rows.nth(1).waitFor();
  assert.match((await rows.first().textContent()) ?? '', /API key the shop.*Changed the account/);
  await rows.first().getByText('Changed the account').click();
  await page.getByRole('cell', { name: 'Springfield' }).waitFor();
  await checkAccessibility(page);
  await checkWidth(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'changes.csv');
  await page.getByLabel('Path begins with').fill('Key/');
  await page.keyboard.press('Enter');
  await page.getByText('Created Key/').waitFor();
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.ok(!(await page.content()).includes(key.secret));
});

test('every change of the tab stands there as a command, and its api_id finds it in the audit log', async () => {
  const as = await harness.app.makeAccount('By the API');
  const page = await harness.open('/powerpacks/new', { as, width: 400 });
  await page.getByLabel('Name', { exact: true }).fill("Bob's");
  await page.getByRole('button', { name: 'Create powerpack' }).click();
  await page.getByText('was created').waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'By the API' }).click();
  const dialog = page.getByRole('dialog', { name: 'By the API' });
  const command = await dialog.getByLabel('POST /Powerpack/', { exact: true }).inputValue();
  assert.match(command, /^curl -u "\$PLIVO_AUTH_ID:\$PLIVO_AUTH_TOKEN" -X POST /);
  assert.ok(command.endsWith(`-d '{"name":"Bob'\\''s"}'`), command);
  await checkAccessibility(page);
  await checkWidth(page);
  await dialog.getByRole('link', { name: 'Find it in the audit log' }).click();
  const rows = page.getByRole('table', { name: 'Changes, the newest first' }).locator('> tbody > tr');
  await rows.first().getByText('Created Powerpack/').waitFor();
  assert.equal(await rows.count(), 1);
});

test('an api_id that is typed leads to the request: what was asked, by whom, and what was answered', async () => {
  for (const width of [1280, 390]) {
    const as = await harness.app.makeAccount('Asking');
    const { body: key } = await harness.app.call(
      'POST',
      'Key/',
      { name: 'the shop', role: 'operator' },
      { as },
    );
    const shop = { authId: key.key_id, authToken: key.secret };
    await harness.app.advance(1000);
    const refused = await harness.app.call(
      'POST',
      `/v1/Account/${as.authId}/Message/`,
      { src: '12015550101', dst: 'Bob', text: 'a code' },
      { as: shop },
    );
    await harness.app.advance(1000);
    await harness.app.call('GET', 'Powerpack/', undefined, { as });
    const page = await harness.open('/account', { as, width });
    await page.getByRole('link', { name: 'Requests' }).click();
    const rows = page.getByRole('table', { name: 'Requests, the newest first' }).locator('> tbody > tr');
    await rows.nth(1).waitFor();
    await checkAccessibility(page);
    await checkWidth(page);
    await page.getByLabel('Request (api_id)').fill(refused.body.api_id);
    await page.keyboard.press('Enter');
    await rows.nth(1).waitFor({ state: 'detached' });
    assert.match((await rows.first().textContent()) ?? '', /400.*POST Message\/.*API key the shop/);
    const command = await page.getByLabel('The same by curl', { exact: true }).inputValue();
    assert.ok(command.endsWith(`-d '{"src":"12015550101","dst":"Bob","text":"[6 characters]"}'`), command);
    await page.getByText('Texts, secrets and long parameters are not stored').waitFor();
    await checkAccessibility(page);
    await checkWidth(page);
    assert.ok(!(await page.content()).includes('a code'));
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('combobox', { name: 'Answer' }).selectOption('Refused (400 and more)');
    await page.getByText('GET Powerpack/', { exact: true }).first().waitFor({ state: 'detached' });
    await page.getByText('POST Message/').waitFor();
  }
});

test('the api_id of an accepted message leads to the messages of its second', async () => {
  const as = await harness.app.makeAccount('Accepted');
  await makePowerpack(harness.app, 'sender', ['12025550188'], { as });
  const sent = await harness.app.call(
    'POST',
    'Message/',
    { src: '12025550188', dst: '12125550199', text: 'hello there' },
    { as },
  );
  assert.equal(sent.status, 202, sent.text);
  const page = await harness.open(`/messages/${sent.body.api_id}`, { as });
  await page.getByRole('link', { name: 'the log of requests' }).click();
  await page.getByText('No request matches').waitFor();
  await page.getByRole('link', { name: 'the messages accepted in the second of this api_id' }).click();
  await page.getByRole('table', { name: 'Messages' }).locator('tbody tr').first().waitFor();
});

test('a token is rotated, shown once, and the session goes on with it', async () => {
  const as = await harness.app.makeAccount('Rotating');
  const page = await harness.open('/account', { as });
  await page.getByRole('button', { name: 'Rotate token …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('The old token stays valid for').selectOption('not at all: it ends at once');
  await dialog.getByRole('button', { name: 'Rotate token' }).click();
  const authToken = await dialog.getByLabel('Auth token', { exact: true }).inputValue();
  assert.notEqual(authToken, as.authToken);
  await checkAccessibility(page);
  assert.equal((await harness.app.call('GET', '', undefined, { as })).status, 401);
  assert.equal((await harness.app.call('GET', '', undefined, { as: { ...as, authToken } })).status, 200);

  await dialog.getByText('now and never again').waitFor();
  await dialog.getByRole('button', { name: 'I have them' }).click();
  assert.ok(!(await page.content()).includes(authToken));
  await page.getByLabel('City').fill('Shelbyville');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
});

test('a subaccount is made, works, is disabled, renamed, given a new token and deleted', async () => {
  const page = await harness.open('/account');
  await page.getByRole('button', { name: 'New subaccount' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Marketing');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Create subaccount' }).click();
  const authId = await dialog.getByLabel('Auth id', { exact: true }).inputValue();
  const first = await dialog.getByLabel('Auth token', { exact: true }).inputValue();
  const status = async (authToken: string) =>
    (await harness.app.call('GET', '', undefined, { as: { authId, authToken } })).status;
  assert.equal(await status(first), 200);
  await dialog.getByRole('button', { name: 'I have them' }).click();

  await page.getByRole('button', { name: 'Disable Marketing' }).click();
  await page.getByRole('button', { name: 'Enable Marketing' }).click();
  await page.getByRole('button', { name: 'Disable Marketing' }).waitFor();
  assert.equal(await status(first), 200);

  await page.getByRole('button', { name: 'Rotate token … of Marketing' }).click();
  await dialog.getByLabel('The old token stays valid for').selectOption('not at all: it ends at once');
  await dialog.getByRole('button', { name: 'Rotate token' }).click();
  const second = await dialog.getByLabel('Auth token', { exact: true }).inputValue();
  assert.deepEqual([await status(first), await status(second)], [401, 200]);
  await dialog.getByRole('button', { name: 'I have them' }).click();

  await page.getByRole('button', { name: 'Rename … Marketing' }).click();
  await dialog.getByLabel('Name').fill('Sales');
  await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('rowheader', { name: 'Sales', exact: true }).waitFor();

  const as = { authId, authToken: second };
  await harness.app.call('POST', 'Powerpack/', { name: 'Of sales' }, { as });
  await page.getByRole('button', { name: 'Delete … Sales' }).click();
  await dialog.getByText('1 powerpack', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Delete subaccount' }).click();
  await dialog.getByRole('alert').getByText('still owns powerpacks').waitFor();
  await dialog.getByLabel('Delete its powerpacks too').check();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Delete subaccount' }).click();
  await page.getByText('No subaccounts').waitFor();
  assert.equal(await status(second), 401);
});

test('an API key is made with a role, may do what its role may, and is deleted', async () => {
  const page = await harness.open('/account');
  await page.getByRole('button', { name: 'New API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Dashboard');
  await dialog.getByLabel('Role').selectOption({ label: 'Read only' });
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const as = {
    authId: await dialog.getByLabel('Auth id', { exact: true }).inputValue(),
    authToken: await dialog.getByLabel('Auth token', { exact: true }).inputValue(),
  };
  await dialog.getByRole('button', { name: 'I have them' }).click();
  const row = page.getByRole('table', { name: 'API keys' }).getByRole('row', { name: /Dashboard/ });
  await row.getByText('Read only').waitFor();
  assert.equal((await harness.app.call('GET', 'Powerpack/', undefined, { as })).status, 200);
  assert.equal((await harness.app.call('POST', 'Powerpack/', { name: 'No' }, { as })).status, 403);

  await page.getByRole('button', { name: 'Delete the API key Dashboard' }).click();
  await dialog.getByRole('button', { name: 'Delete API key' }).click();
  await page.getByText('No API keys').waitFor();
  assert.equal((await harness.app.call('GET', 'Powerpack/', undefined, { as })).status, 401);
});

test('subaccounts and API keys are sorted over all pages, the order of subaccounts in the address', async () => {
  const as = await harness.app.makeAccount('many subaccounts');
  for (let place = 0; place < 22; place += 1) {
    const name = `Team ${String(place).padStart(2, '0')}`;
    for (const [path, fields] of [
      ['Subaccount/', { name }],
      ['Key/', { name, role: 'sender' }],
    ] as const)
      assert.equal((await harness.app.call('POST', path, fields, { as })).status, 201);
  }
  const page = await harness.open('/account', { as });
  for (const label of ['Subaccounts', 'API keys']) {
    const section = page.getByRole('region', { name: label, exact: true });
    const table = section.getByRole('table', { name: label });
    const first = table.getByRole('rowheader').first();
    await table.getByRole('button', { name: 'Name', exact: true }).click();
    await table.getByRole('button', { name: 'Name', exact: true }).click();
    await first.getByText('Team 21').waitFor();
    await section.getByRole('button', { name: 'Next' }).click();
    await first.getByText('Team 01').waitFor();
  }
  assert.match(page.url(), /sort=-name&offset=20/);
  await page.reload();
  await page.getByRole('table', { name: 'Subaccounts' }).getByText('Team 01').waitFor();
  await checkAccessibility(page);
});

test('a name is asked for, approved by the operator with a reason, added to a pool and deleted', async () => {
  const page = await harness.open('/account');
  await page.getByRole('button', { name: 'Ask for a name' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Rucksack');
  await dialog.getByLabel('Note').fill('our brand');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Ask' }).click();
  const row = page.getByRole('table', { name: 'Names', exact: true }).getByRole('row', { name: /Rucksack/ });
  await row.getByText('Waits for the operator').waitFor();
  await page.getByRole('button', { name: /^Approve the name Rucksack of MA/ }).click();
  await dialog.getByLabel('Reason').fill('seen the trade mark');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await row.getByText('Approved').waitFor();
  await row.getByText('seen the trade mark').waitFor();
  await checkAccessibility(page);
  await checkWidth(page);

  const { body: powerpack } = await harness.app.call('POST', 'Powerpack/', { name: 'With a name' });
  const pool = await harness.open(`/powerpacks/${powerpack.uuid}`);
  await pool.getByRole('button', { name: 'Add a name' }).click();
  await pool.getByLabel('Name', { exact: true }).selectOption('Rucksack');
  await pool.getByRole('button', { name: 'Add the name' }).click();
  await pool.getByRole('row', { name: /Rucksack/ }).waitFor();

  await page.getByRole('button', { name: 'Delete the name Rucksack' }).click();
  await dialog.getByRole('button', { name: 'Delete name' }).click();
  await page.getByText('No names').waitFor();
});

test('a subaccount sees itself, and no subaccounts, in a narrow window too', async () => {
  const { body } = await harness.app.call('POST', 'Subaccount/', { name: 'Narrow', enabled: true });
  const as = { authId: body.auth_id, authToken: body.auth_token };
  const page = await harness.open('/account', { as, width: 400, scheme: 'dark' });
  await page.getByText('Subaccount', { exact: true }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Subaccounts' }).count(), 0);
  await checkWidth(page);
  await checkAccessibility(page);
});
