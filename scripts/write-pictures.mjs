// `npm run pictures`: takes the pictures of docs/console.md anew, of a busy account after some days (test/browser/console-world.ts).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady, root } from './ready.mjs';

makeReady();
const { startConsole } = await import('../dist/test/browser/console-harness.js');
const { Smsc } = await import('../dist/test/support/smsc.js');
const { systemTimers } = await import('../dist/src/base/timers.js');
const { buildWorld } = await import('../dist/test/browser/console-world.js');
const { startShop } = await import('../dist/test/browser/shop.js');
const folder = join(root, 'docs', 'console');
mkdirSync(folder, { recursive: true });

const harness = await startConsole({ RUCKSACK_VIRTUAL_CLOCK: 'on', RUCKSACK_HEALTH_MESSAGES: '20' });
const { app } = harness;
const shop = await startShop();
const smsc = await new Smsc(systemTimers).listen();
const sample = await makeSample();

/** Name of the picture → address, and what is done there first. */
const pictures = {
  overview: ['/'],
  powerpacks: ['/powerpacks'],
  settings: [`/powerpacks/${sample.powerpack}/settings`],
  pool: [`/powerpacks/${sample.powerpack}`],
  sticky: [`/powerpacks/${sample.powerpack}/sticky`],
  traffic: [`/powerpacks/${sample.powerpack}/traffic?window=week`],
  missing: [`/powerpacks/${sample.powerpack}/missing`],
  delete: [`/powerpacks/${sample.powerpack}/delete`],
  send: [`/send?powerpack=${sample.powerpack}`, compose],
  conversations: ['/conversations'],
  conversation: [`/conversations/${sample.powerpack}/${sample.person}`],
  messages: ['/messages?range=week'],
  message: [`/messages/${sample.message}`],
  webhooks: ['/webhooks'],
  simulator: ['/simulator'],
  numbers: ['/numbers'],
  number: [`/numbers/${sample.sick}`],
  applications: ['/applications'],
  account: ['/account'],
  carriers: ['/carriers'],
  carrier: ['/carriers', writeCarrier],
};
const wanted = process.argv.slice(2);
for (const [name, [path, act]] of Object.entries(pictures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const page = await harness.open(path);
  // So that what is an hour old says so.
  await page.clock.setFixedTime(app.time.now);
  await page.reload();
  await act?.(page);
  await page.waitForLoadState('networkidle').catch(() => {});
  await page
    .locator('[aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => {});
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
  process.stdout.write(`${name}\n`);
}
await harness[Symbol.asyncDispose]();
await shop.close();
smsc.close();

/** Makes the world, smaller than that of `npm run console:world`, and carriers; returns what pictures are taken of. */
async function makeSample() {
  const { orders, sick } = await buildWorld(ask, shop, {
    areas: 40,
    hours: 34,
    messages: 9000,
    replies: 400,
  });
  const { objects: waiting } = await ask('GET', `Conversation/?kind=replied&powerpack_uuid=${orders}`);
  const { objects: failed } = await ask('GET', `Message/?from_number=${sick}&message_state=undelivered`);
  await makeCarriers();
  return { powerpack: orders, sick, person: waiting[0].number, message: failed[0].message_uuid };
}

/** Makes an SMSC that is up, one that is drained, and a vendor, with routes to them. */
async function makeCarriers() {
  const account = { system_id: 'shop', password: 'secret' };
  const configs = [
    { name: 'acme', hosts: [smsc.address], ...account, binds: 2, rate: 30 },
    { name: 'old-smsc', hosts: [smsc.address], ...account },
    { name: 'vendor', type: 'http', preset: 'twilio', secrets: { sid: 'AC1', token: 'secret' } },
  ];
  for (const config of configs) await ask('POST', 'Carrier/', { config });
  await ask('POST', 'Carrier/old-smsc/Drain/');
  const routes = [
    { service: 'sms', carrier: 'acme', fallback: ['old-smsc'] },
    { service: 'sms', carrier: 'vendor', kind: 'tollfree', country: 'US' },
    { service: 'mms', carrier: 'vendor' },
  ];
  for (const route of routes) await ask('POST', 'Route/', route);
}

async function writeCarrier(page) {
  await page.getByRole('button', { name: 'New carrier' }).click();
  await page.getByLabel('Name').fill('acme-two');
  await page.getByLabel('Host').fill('smsc.example.net');
  await page.getByLabel('System id').fill('shop');
}

async function compose(page) {
  await page.getByLabel('Recipients').fill('12065550177');
  await page.getByLabel('Text').fill('Your table for two is ready at eight.');
  await page.waitForTimeout(1500);
}

/** Returns the response of a request that must succeed. */
async function ask(method, path, body) {
  const { status, body: answer, text } = await app.call(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return answer;
}
