// The console follows the server, and shows when it does not.
import { after, before, test } from 'node:test';
import { type ConsoleHarness, startConsole, waitUntil } from './console-harness.ts';

let harness: ConsoleHarness;
before(async () => {
  harness = await startConsole();
});
after(async () => {
  await harness[Symbol.asyncDispose]();
});

const live = 'Live';

test('a powerpack that a program makes appears by itself', async () => {
  const page = await harness.open('/powerpacks');
  await page.getByText(live, { exact: true }).waitFor();
  await harness.app.call('POST', 'Powerpack/', { name: 'made by a program' });
  await page.getByRole('link', { name: 'made by a program' }).waitFor();
});

test('changes before the stream opened are caught up with', async () => {
  const page = await harness.open('/powerpacks');
  await page.getByText(live, { exact: true }).waitFor();
  await page.route('**/Event/', (route) => route.abort());
  await page.reload();
  await page.getByText('Not connected: what you see may be old.').waitFor();
  await harness.app.call('POST', 'Powerpack/', { name: 'made in the meantime' });
  await page.unroute('**/Event/');
  await page.getByText(live, { exact: true }).waitFor();
  await page.getByRole('link', { name: 'made in the meantime' }).waitFor();
});

test('a hidden page holds no stream, and is up to date when it is shown again', async () => {
  const page = await harness.open('/powerpacks');
  await page.getByText(live, { exact: true }).waitFor();
  const hide = (isHidden: boolean) =>
    page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} }); document.dispatchEvent(new Event('visibilitychange'))`,
    );
  const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/Event/'));
  await hide(true);
  await ended;
  await harness.app.call('POST', 'Powerpack/', { name: 'made unseen' });
  await hide(false);
  await page.getByRole('link', { name: 'made unseen' }).waitFor();
});

test('a new page has the focus at its title', async () => {
  const page = await harness.open('/powerpacks');
  await page.getByRole('link', { name: 'Numbers', exact: true }).press('Enter');
  await page.getByRole('heading', { name: 'Numbers', level: 1, exact: true }).waitFor();
  await waitUntil(page, 'document.activeElement?.tagName === "H1"');
});
