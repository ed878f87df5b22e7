// Numbers in the console: rented, own, changed, unrented.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack } from '../support/messaging.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  holdBack,
  startConsole,
} from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(() => harness[Symbol.asyncDispose]());

const read = (number: string) => harness.app.call('GET', `Number/${number}/`);

test('a number is found, rented, and given an alias and an application', async () => {
  const { body: application } = await harness.app.call('POST', 'Application/', { app_name: 'Replies' });
  const page = await harness.open('/numbers');
  await page.getByText('No numbers yet').waitFor();
  await page.getByRole('link', { name: 'Rent numbers' }).first().click();
  // The list of numbers that was left has a field that begins with these words.
  const beginsWith = page.getByLabel('Begins with', { exact: true });
  await beginsWith.fill('415');
  await beginsWith.press('Tab');
  await page.waitForURL('**pattern=415');
  await page.getByText('1 to 20 of 100').waitFor();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Rent +1 415 555 0103' }).click();
  await page.getByText('is yours').waitFor();
  await page.getByText('1 to 20 of 99').waitFor();

  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '+1 415 555 0103', level: 1 }).waitFor();
  await page.getByLabel('Alias').fill('Front desk');
  await page.getByLabel('Application for incoming messages').selectOption('Replies');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Saved.').waitFor();
  const { body } = await read('14155550103');
  assert.equal(body.alias, 'Front desk');
  assert.ok(body.application.includes(application.app_id));
});

test('a typed filter stays while a response arrives', async () => {
  const page = await harness.open('/numbers');
  const letAnswer = await holdBack(page, '**/PhoneNumber/**');
  await page.getByRole('link', { name: 'Rent numbers' }).first().click();
  const beginsWith = page.getByLabel('Begins with', { exact: true });
  await beginsWith.fill('415');
  letAnswer();
  await page.getByText('1 to 20 of').waitFor();
  assert.equal(await beginsWith.inputValue(), '415');
  await beginsWith.press('Enter');
  await page.waitForURL('**pattern=415');
  await page.goBack();
  await page.waitForURL('**/rent');
  assert.equal(await beginsWith.inputValue(), '');
});

test('own numbers are added all at once, or refused all at once', async () => {
  const page = await harness.open('/numbers/own', { width: 400 });
  await page.getByLabel('Numbers', { exact: true }).fill('+1 303 555 0150\n+1 303 555 0151\n12');
  await page.getByLabel('Carrier').fill('Own carrier');
  await page.getByLabel('Region').fill('Colorado');
  await checkWidth(page);
  await page.getByRole('button', { name: 'Add 3 numbers' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal((await read('13035550150')).status, 404);
  await page.getByLabel('Numbers', { exact: true }).fill('+1 303 555 0150\n+1 303 555 0151');
  await page.getByRole('button', { name: 'Add 2 numbers' }).click();
  await page.getByRole('link', { name: '+1 303 555 0151' }).waitFor();
  assert.equal((await read('13035550151')).body.carrier, 'Own carrier');
});

test('a number is unrented with the consequences shown first', async () => {
  const { uuid } = await makePowerpack(harness.app, 'Loses one', ['12125550100', '12125550101']);
  const page = await harness.open('/numbers?starts=1212', { scheme: 'dark' });
  await page.getByRole('link', { name: 'Loses one' }).first().waitFor();
  await checkAccessibility(page);
  await page.getByRole('link', { name: '+1 212 555 0100' }).click();
  await page.getByRole('button', { name: 'Unrent …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('link', { name: 'Loses one' }).waitFor();
  await dialog.getByText('sticky sender').waitFor();
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal((await read('12125550100')).status, 200);
  await page.getByRole('button', { name: 'Unrent …' }).click();
  await dialog.getByRole('button', { name: 'Unrent number' }).click();
  await page.getByText('is no longer rented').waitFor();
  assert.equal((await read('12125550100')).status, 404);
  const { body } = await harness.app.call('GET', 'Number/?number_startswith=1212');
  assert.deepEqual(
    body.objects.map(({ powerpack_uuid }: { powerpack_uuid: string }) => powerpack_uuid),
    [uuid],
  );
});
