// Incidents in the console: those that last above, those that are over below, each with the way to what it concerns.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { uuidv7 } from '../../src/base/id.ts';
import { repeatableBytes, testStart } from '../support/app.ts';
import { type ConsoleHarness, checkAccessibility, checkWidth, startConsole } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(() => harness[Symbol.asyncDispose]());

const minuteMs = 60_000;
const randomBytes = repeatableBytes(9);

/** Stores an incident that began so many minutes ago, and is over where it lasted. */
async function insertIncident(
  accountId: string,
  kind: string,
  subject: string,
  minutesAgo: number,
  lastedMinutes?: number,
): Promise<void> {
  const began = new Date(testStart.getTime() - minutesAgo * minuteMs);
  const ended = lastedMinutes === undefined ? null : new Date(began.getTime() + lastedMinutes * minuteMs);
  await harness.app.app.db.query(
    `insert into incidents (id, account_id, kind, subject, began_at, seen_at, ended_at, affected, total, sentence)
     values ($1, $2, $3, $4, $5, $6, $7, 12, 90, $8)`,
    [
      uuidv7(began, randomBytes),
      accountId,
      kind,
      subject,
      began,
      testStart,
      ended,
      `something of ${subject}`,
    ],
  );
}

for (const width of [1280, 390]) {
  test(`open incidents stand above those that are over, at ${width} pixels`, async () => {
    const as = await harness.app.makeAccount(`incidents ${width}`);
    const page = await harness.open('/incidents', { as, width });
    await page.getByText('Nothing is wrong at the moment.').waitFor();
    await page.getByText('No incidents that are over').waitFor();
    await checkAccessibility(page);
    await insertIncident(as.authId, 'webhook_url', 'https://shop.example/status', 7);
    for (let count = 0; count < 21; count++)
      await insertIncident(as.authId, 'error_code', `${100 + count}`, 200 - count, 10);
    await page.reload();
    const open = page.getByRole('list', { name: 'Open incidents' }).getByRole('listitem');
    assert.match(
      (await open.first().textContent()) ?? '',
      /^Something of https:\/\/shop\.example\/status\. For .+, since 14 Mar 2026/,
    );
    const rows = page
      .getByRole('table', { name: 'Incidents that are over, the newest first' })
      .locator('tbody tr');
    assert.match((await rows.first().textContent()) ?? '', /10 min.*Something of 120\..*12 of 90/);
    await checkAccessibility(page);
    await checkWidth(page);
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('Something of 100.').waitFor();
    assert.equal(await rows.count(), 1);
    await page.getByText('Something of 100.').click();
    await page.waitForURL(/\/messages\?error_code=100&message_time__gte=/);
  });
}
