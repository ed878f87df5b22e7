// Powerpacks as a person makes, finds, changes, deletes and restores them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Request } from 'playwright-core';
import type { TestAccount } from '../support/app.ts';
import {
  type ConsoleHarness,
  checkAccessibility,
  checkWidth,
  dragByFinger,
  startConsole,
  waitUntil,
} from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

const call = async (method: string, path: string, body?: object, as?: TestAccount) =>
  (await harness.app.call(method, path, body, { as })).body;
const poolOf = (powerpack: { number_pool: string }): string => powerpack.number_pool.split('/')[5] ?? '';
const rent = (powerpack: { number_pool: string }, number: string) =>
  call('POST', `NumberPool/${poolOf(powerpack)}/Number/${number}/`, { rent: true });

/** Records the bodies of the requests that change something. */
function watchBodies(page: Page): unknown[] {
  const bodies: unknown[] = [];
  page.on('request', (request: Request) => {
    if (request.method() !== 'GET') bodies.push(request.postDataJSON());
  });
  return bodies;
}

const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

test('without a powerpack, the page leads to a first one', async () => {
  const newcomer = await harness.app.makeAccount();
  const page = await harness.open('/powerpacks', { as: newcomer });
  const bodies = watchBodies(page);
  await checkAccessibility(page);
  await page.getByRole('link', { name: 'Make the first powerpack' }).click();
  await page.getByLabel('Name', { exact: true }).fill('First of all');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Create powerpack' }).click();
  await text(page, '“First of all” was created. It needs a number to send from.');
  const { objects } = await call('GET', 'Powerpack/', undefined, newcomer);
  await page.waitForURL(`**/console/powerpacks/${objects[0].uuid}`);
  assert.deepEqual(bodies, [{ name: 'First of all' }]);
});

test('powerpacks are sorted over all pages, and the order is in the address', async () => {
  const as = await harness.app.makeAccount('many powerpacks');
  for (let place = 0; place < 22; place += 1)
    await call('POST', 'Powerpack/', { name: `Pack ${String(place).padStart(2, '0')}` }, as);
  const page = await harness.open('/powerpacks', { as });
  const table = page.getByRole('table', { name: 'Powerpacks' });
  await table.getByRole('button', { name: 'Name' }).click();
  await table.getByRole('button', { name: 'Name' }).click();
  await page.waitForURL(/sort=-name/);
  await table.locator('tbody tr').first().getByText('Pack 21').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await table.locator('tbody tr').first().getByText('Pack 01').waitFor();
  await page.reload();
  await table.locator('tbody tr').first().getByText('Pack 01').waitFor();
  await checkAccessibility(page);
});

test('a name in use is refused where it was entered, and the input stays', async () => {
  await call('POST', 'Powerpack/', { name: 'Taken' });
  const page = await harness.open('/powerpacks/new');
  await page.getByLabel('Name', { exact: true }).fill('Taken');
  await page.getByLabel('Local connect').uncheck();
  await page.getByRole('button', { name: 'Create powerpack' }).click();
  await page.locator('.card').first().getByRole('alert').getByText('powerpack name already in use').waitFor();
  await waitUntil(page, "document.activeElement?.getAttribute('aria-invalid') === 'true'");
  await checkAccessibility(page);
  assert.equal(await page.getByLabel('Local connect').isChecked(), false);
});

test('the list shows the state of each powerpack, live, and finds by name', async () => {
  const { app_id } = await call('POST', 'Application/', { app_name: 'Front desk' });
  const powerpack = await call('POST', 'Powerpack/', {
    name: 'Reception',
    application_id: app_id,
    application_type: 'XML',
    sticky_sender: false,
  });
  await rent(powerpack, '14155550101');
  const page = await harness.open('/powerpacks?name=recep');
  const row = page.getByRole('row', { name: /Reception/ });
  await row.getByText('Front desk').waitFor();
  await row.getByText('too few messages').waitFor();
  await row.getByText('Local connect').waitFor();
  assert.equal(await row.getByText('Sticky sender').count(), 0);
  assert.equal(await page.getByRole('row').count(), 2);
  await checkAccessibility(page);

  await call('POST', `Powerpack/${powerpack.uuid}/`, { deletion_protection: true });
  await row.getByText('Protected').waitFor();
  await page.getByLabel('Find by name').fill('nowhere to be found');
  await text(page, 'No powerpack is to be shown here');
  assert.match(page.url(), /name=nowhere/);
  await page.getByRole('button', { name: 'Show all powerpacks' }).click();
  await row.waitFor();
  assert.equal(await page.getByLabel('Find by name').inputValue(), '');
});

test('the order of kinds is changed with the keyboard, is announced, and keeps the focus', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'By keyboard' });
  const page = await harness.open(`/powerpacks/${uuid}/settings`);
  const bodies = watchBodies(page);
  const up = page.getByRole('button', { name: 'Move toll-free up for SMS to Canada' });
  await up.focus();
  await page.keyboard.press('Enter');
  await text(page, 'Toll-free is now number 2 of 3 for SMS to Canada.');
  await page.keyboard.press('Enter');
  await text(page, 'Toll-free is now number 1 of 3 for SMS to Canada.');
  await waitUntil(
    page,
    'document.activeElement?.getAttribute("aria-label") === "Move toll-free down for SMS to Canada"',
  );
  await text(page, 'Not saved: priority for SMS to Canada');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await text(page, 'Everything is saved.');
  const entry = {
    service_type: 'SMS',
    country_iso: 'CA',
    priority: { priority1: 'tollfree', priority2: 'shortcode', priority3: 'longcode' },
  };
  assert.deepEqual(bodies, [{ number_priority: [entry] }]);
  const { number_priority: saved } = await call('GET', `Powerpack/${uuid}/`);
  assert.deepEqual(
    saved.filter((one: { priority: object }) => JSON.stringify(one) === JSON.stringify(entry)).length,
    1,
  );
});

test('the order of kinds is changed by dragging; Escape puts the item back', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'By mouse' });
  const page = await harness.open(`/powerpacks/${uuid}/settings`);
  const list = page.getByRole('list', { name: 'MMS to the United States' });
  const order = async () =>
    (await list.getByRole('listitem').allInnerTexts()).map((item) =>
      item.match(/[A-Z][a-z- ]+/)?.[0]?.trim(),
    );
  // In the middle, where the bar with the buttons does not lie over it.
  await list.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const middle = async (name: string) => {
    const box = await list.getByRole('listitem').filter({ hasText: name }).locator('.handle').boundingBox();
    assert.ok(box !== null);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const drag = async (name: string, onto: string) => {
    const [from, to] = [await middle(name), await middle(onto)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(to.x, to.y + Math.sign(to.y - from.y) * 4, { steps: 4 });
  };
  await drag('Toll-free', 'Short code');
  assert.deepEqual(await order(), ['Toll-free', 'Short code', 'Long code']);
  await page.keyboard.press('Escape');
  await text(page, 'Everything is saved.');
  assert.deepEqual(await order(), ['Short code', 'Long code', 'Toll-free']);
  await page.mouse.up();

  await drag('Short code', 'Long code');
  await page.mouse.up();
  assert.deepEqual(await order(), ['Long code', 'Short code', 'Toll-free']);
  await page.mouse.move(0, 0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await text(page, 'Everything is saved.');
  const { number_priority: saved } = await call('GET', `Powerpack/${uuid}/`);
  const [mms] = saved.filter(
    (one: { service_type: string; country_iso: string }) =>
      one.service_type === 'MMS' && one.country_iso === 'US',
  );
  assert.deepEqual(mms.priority, { priority1: 'longcode', priority2: 'shortcode', priority3: 'tollfree' });
});

test('the order of kinds is changed with a finger', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'By touch' });
  const page = await harness.open(`/powerpacks/${uuid}/settings`, { width: 400 });
  const list = page.getByRole('list', { name: 'SMS to the United States' });
  await list.scrollIntoViewIfNeeded();
  const items = list.getByRole('listitem');
  const box = await items.filter({ hasText: 'Long code' }).locator('.handle').boundingBox();
  assert.ok(box !== null);
  const start = { x: box.x + box.width / 2, y: box.y + 10 };
  await dragByFinger(page, start, { x: start.x, y: start.y - 60 });
  await text(page, 'Long code is now number 1 of 3 for SMS to the United States.');
  await text(page, 'Not saved: priority for SMS to the United States');
});

test('only changed fields are sent; changes made elsewhere meanwhile are shown and stay', async () => {
  const { app_id } = await call('POST', 'Application/', {
    app_name: 'Flow',
    application_type: 'PHLO',
    message_url: 'http://127.0.0.1:9/',
  });
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Shared' });
  const page = await harness.open(`/powerpacks/${uuid}/settings`);
  const bodies = watchBodies(page);
  await page.getByLabel('Sticky sender').uncheck();
  await page.getByLabel('Application', { exact: true }).selectOption({ label: 'Flow (PHLO)' });
  await call('POST', `Powerpack/${uuid}/`, { smart_encoding: true, name: 'Shared by two' });
  await page.getByRole('heading', { name: 'Shared by two' }).waitFor();
  assert.equal(await page.getByLabel('Smart encoding').isChecked(), true);
  assert.equal(await page.getByLabel('Sticky sender').isChecked(), false);
  await text(page, /forgets at once which number each recipient knows/);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await text(page, 'Everything is saved.');
  assert.deepEqual(bodies, [{ sticky_sender: false, application_id: app_id, application_type: 'PHLO' }]);
  const saved = await call('GET', `Powerpack/${uuid}/`);
  assert.deepEqual([saved.name, saved.smart_encoding, saved.sticky_sender], ['Shared by two', true, false]);

  await page.getByLabel('Application', { exact: true }).selectOption({ label: 'None' });
  await page.getByLabel('Opt-out scope').selectOption({ label: 'Only the number that STOP was written to' });
  await text(page, /The other members go on writing to a person who has said STOP/);
  await page.getByLabel('Opt-out scope').selectOption({ label: 'Every number of the account' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await text(page, 'Everything is saved.');
  assert.deepEqual(bodies[1], { opt_out_scope: 'account', application_id: 'none' });
});

test('unsaved changes can be discarded', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Second thoughts' });
  const page = await harness.open(`/powerpacks/${uuid}/settings`);
  await page.getByLabel('Name', { exact: true }).fill('Something else ');
  await text(page, 'Not saved: name');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Second thoughts');
});

test('the words of STOP are changed, refused in words, and put back', async () => {
  const powerpack = await call('POST', 'Powerpack/', { name: 'Own words' });
  const keywords = async () => call('GET', `Powerpack/${powerpack.uuid}/Keywords/`);
  const page = await harness.open(`/powerpacks/${powerpack.uuid}/settings`);
  const section = page.getByRole('region', { name: 'STOP, START and HELP' });
  await section.getByLabel('Languages').selectOption({ index: 1 });
  await section.getByLabel('Own words of opting out').fill('halt, enough');
  await section.getByLabel('Answer to opting out').fill('You get no more messages.');
  await section.getByLabel('Read leniently').check();
  await checkAccessibility(page);
  await section.getByRole('button', { name: 'Save keywords' }).click();
  await page.getByText('Saved: keywords.').waitFor();
  await section.getByText(/Now these opt out:.*halt/i).waitFor();
  const saved = await keywords();
  assert.match(JSON.stringify(saved), /halt/i);
  assert.match(JSON.stringify(saved), /You get no more messages\./);

  await section.getByLabel('Own words for help').fill('halt');
  await section.getByRole('button', { name: 'Save keywords' }).click();
  await section.getByRole('alert').waitFor();
  await section.getByRole('button', { name: 'Discard keywords' }).click();
  assert.equal(await section.getByLabel('Own words for help').inputValue(), '');
  assert.equal(await section.getByRole('button', { name: 'Save keywords' }).isDisabled(), true);
});

test('leaving with unsaved changes asks first', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Half done' });
  const page = await harness.open(`/powerpacks/${uuid}/settings`);
  const questions: string[] = [];
  let isLeaving = false;
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    return isLeaving ? dialog.accept() : dialog.dismiss();
  });
  await page.getByLabel('Smart encoding').check();
  const elsewhere = page.getByRole('link', { name: 'Numbers', exact: true });
  await elsewhere.click();
  assert.deepEqual(questions, ['Leave without saving? What you changed is lost.']);
  assert.equal(await page.getByLabel('Smart encoding').isChecked(), true);
  isLeaving = true;
  await elsewhere.click();
  await page.waitForURL('**/numbers');
  await page.goBack();
  assert.equal(await page.getByLabel('Smart encoding').isChecked(), false);
  await elsewhere.click();
  await page.waitForURL('**/numbers');
  assert.equal(questions.length, 2);
});

test('going back with unsaved changes asks first, and stays or goes', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Half back' });
  const page = await harness.open('/powerpacks');
  await page.getByRole('link', { name: 'Half back' }).first().click();
  await page.getByRole('link', { name: 'Settings' }).click();
  const settings = `**/powerpacks/${uuid}/settings`;
  await page.waitForURL(settings);
  const questions: string[] = [];
  let isLeaving = false;
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    return isLeaving ? dialog.accept() : dialog.dismiss();
  });
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Half back and more');
  await text(page, 'Not saved: name');
  await page.goBack();
  await page.waitForURL(settings);
  assert.equal(questions.length, 1);
  assert.equal(await name.inputValue(), 'Half back and more');

  isLeaving = true;
  await page.goBack();
  await page.waitForURL(`**/powerpacks/${uuid}`);
  await name.waitFor({ state: 'detached' });
  assert.equal(questions.length, 2);
  await page.goForward();
  await page.waitForURL(settings);
  assert.equal(await name.inputValue(), 'Half back');
  await page.goBack();
  await page.waitForURL(`**/powerpacks/${uuid}`);
  assert.equal(questions.length, 2);
});

test('a deletion is planned, confirmed by its name, and undone', async () => {
  const { app_id } = await call('POST', 'Application/', { app_name: 'Box office' });
  const powerpack = await call('POST', 'Powerpack/', {
    name: 'Tickets',
    application_id: app_id,
    application_type: 'XML',
  });
  await rent(powerpack, '14155550102');
  for (const end of ['41', '42', '43']) {
    await call('POST', 'Message/', {
      powerpack_uuid: powerpack.uuid,
      dst: `141555501${end}`,
      text: 'Doors open at eight',
    });
  }
  const page = await harness.open(`/powerpacks/${powerpack.uuid}/settings`);
  const bodies = watchBodies(page);
  await page.getByRole('link', { name: 'Delete this powerpack …' }).click();
  await text(page, '1 long code leaves the pool. Numbers stay rented and are free for another powerpack.');
  await text(page, /no longer go to “Box office”/);
  await text(page, /still go(es)? out,? (each )?from the number chosen for it/);
  await checkAccessibility(page);
  await page.getByLabel('Unrent them').check();
  await text(page, /fail with code 40, each with its status callback/);
  await text(page, 'Cannot be undone');
  const button = page.getByRole('button', { name: 'Delete powerpack' });
  await page.getByLabel(/Type the name to confirm/).fill('Ticket');
  assert.equal(await button.isDisabled(), true);
  await page.getByLabel(/Type the name to confirm/).fill('Tickets');
  await button.click();

  await text(page, /“Tickets” is deleted. Until 24 Mar 2026, \d\d:26:53 it can be restored/);
  assert.deepEqual(bodies, [{ unrent_numbers: true }]);
  assert.equal((await harness.app.call('GET', `Powerpack/${powerpack.uuid}/`)).status, 404);
  assert.equal((await harness.app.call('GET', 'Number/14155550102/')).status, 404);
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Restore Tickets' }).first().click();
  await text(page, '“Tickets” is back with 1 member; 1 of them was rented again.');
  assert.equal((await harness.app.call('GET', 'Number/14155550102/')).status, 200);
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.waitForURL(`**/console/powerpacks/${powerpack.uuid}`);
});

test('a restored powerpack gets another name where its own is in use', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Namesake' });
  await call('DELETE', `Powerpack/${uuid}/`);
  await call('POST', 'Powerpack/', { name: 'Namesake' });
  const page = await harness.open('/powerpacks?name=namesake');
  await page.getByRole('button', { name: 'Restore Namesake' }).click();
  const dialog = page.getByRole('dialog', { name: '“Namesake” could not be restored' });
  await dialog.getByText('powerpack name already in use').waitFor();
  await checkAccessibility(page);
  await dialog.getByLabel('Restore it under another name').fill('Namesake the elder');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await text(page, '“Namesake the elder” is back without members.');
  assert.equal((await call('GET', `Powerpack/${uuid}/`)).name, 'Namesake the elder');
});

test('a protected powerpack is not deleted, and the page links to its switch', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Careful', deletion_protection: true });
  const page = await harness.open(`/powerpacks/${uuid}/delete`);
  await text(page, 'It is protected from deletion');
  assert.equal(await page.getByRole('button', { name: 'Delete powerpack' }).count(), 0);
  await page.getByRole('link', { name: 'Go to deletion protection' }).click();
  await page.locator('input:focus').waitFor();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await text(page, 'Saved: deletion protection.');
  await page.goBack();
  await text(page, 'What the deletion does');
  await call('POST', `Powerpack/${uuid}/`, { deletion_protection: true });
  await text(page, 'It is protected from deletion');
});

test('a missing powerpack is reported, with a link back', async () => {
  const page = await harness.open('/powerpacks/00000000-0000-4000-8000-000000000000/settings');
  await page.getByRole('heading', { name: 'No such powerpack' }).waitFor();
  await page.getByRole('link', { name: 'Back to the powerpacks' }).click();
  await page.getByRole('heading', { name: 'Powerpacks', exact: true }).waitFor();
});

test('every page is accessible in both colours and fits a phone', async () => {
  const { uuid } = await call('POST', 'Powerpack/', { name: 'Looks' });
  const { uuid: deleted } = await call('POST', 'Powerpack/', { name: 'Looked' });
  await call('DELETE', `Powerpack/${deleted}/`);
  const pages: readonly [path: string, there: string][] = [
    ['/powerpacks', 'Recently deleted'],
    ['/powerpacks/new', 'Who sends'],
    [`/powerpacks/${uuid}/settings`, 'For the API'],
    [`/powerpacks/${uuid}/delete`, 'What the deletion does'],
  ];
  for (const [path, there] of pages) {
    for (const look of [{ scheme: 'light' }, { scheme: 'dark' }, { width: 400 }] as const) {
      const page = await harness.open(path, look);
      await text(page, there);
      await checkAccessibility(page);
      await checkWidth(page);
      await page.context().close();
    }
  }
});
