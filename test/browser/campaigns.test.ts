// 10DLC in the console: brands, campaigns and their numbers; and the care of a pool.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makePowerpack, sendOne } from '../support/messaging.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(() => harness[Symbol.asyncDispose]());

test('a brand and a campaign are made, a number is assigned, and the limits are shown', async () => {
  await harness.app.call('POST', 'PhoneNumber/14155550110/');
  const page = await harness.open('/campaigns');
  await page.getByText('No brands').waitFor();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'New brand' }).click();
  await page.getByLabel('Name').fill('Acme');
  await page.getByLabel('Id').fill('bacme1');
  await page.getByLabel('Vetting score').fill('80');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Create brand' }).click();
  await page.getByText('200,000').waitFor();

  await page.getByRole('button', { name: 'New campaign' }).click();
  await page.getByLabel('Name').fill('Parcels');
  await page.getByLabel('Brand', { exact: true }).fill('BACME1');
  await page.getByLabel('Segments a minute').fill('60');
  await page.getByRole('button', { name: 'Create campaign' }).click();
  await page.getByRole('button', { name: 'Numbers of the campaign Parcels' }).click();
  await page.getByText('It has no numbers yet.').waitFor();
  await checkAccessibility(page);
  await page.getByLabel('Numbers to assign').fill('+1 415 555 0110');
  await page.getByRole('button', { name: 'Assign numbers' }).click();
  await page.getByRole('button', { name: 'Numbers of the campaign Parcels' }).click();
  await page.getByText('+1 415 555 0110').waitFor();
  await page.getByRole('button', { name: 'Take +1 415 555 0110 out of the campaign' }).click();
  await page.getByText('It has no numbers yet.').waitFor();
  await checkWidth(page);
});

test('a member is drained and resumed, and its recipients move', async () => {
  const pack = await makePowerpack(harness.app, 'Cared for', ['12125550110']);
  await sendOne(harness.app, { powerpack_uuid: pack.uuid, dst: '12125552000' });
  await harness.app.call('POST', `NumberPool/${pack.pool}/Number/12125550111/`, {
    rent: true,
    service: 'mms',
  });
  const page = await harness.open(`/powerpacks/${pack.uuid}`);
  await page.getByRole('button', { name: 'Drain +1 212 555 0110' }).click();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Drain', exact: true }).click();
  await page.getByText('Draining').waitFor();
  await page.getByRole('link', { name: 'Care' }).click();
  await page.getByRole('button', { name: 'Move 1 recipient' }).waitFor();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Move 1 recipient' }).click();
  await page.getByText('No recipient has to move').waitFor();
  await page.getByText('No member has to be replaced').waitFor();
  await checkWidth(page);
  await page.getByRole('link', { name: 'Pool', exact: true }).click();
  await page.getByRole('button', { name: 'Resume +1 212 555 0110' }).click();
  await page.getByRole('button', { name: 'Drain +1 212 555 0110' }).waitFor();
  const { body } = await harness.app.call('GET', `Powerpack/${pack.uuid}/Sticky/12125552000/`);
  assert.equal(body.number, '12125550111');
});
