// `npm run pictures`: takes the pictures of docs/console.md anew, of a console with a small history.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady, root } from './ready.mjs';

makeReady();
const { startConsole } = await import('../dist/test/browser/console-harness.js');
const { Smsc } = await import('../dist/test/support/smsc.js');
const { systemTimers } = await import('../dist/src/base/timers.js');
const { startWebhookCatcher } = await import('../dist/test/support/webhook-catcher.js');
const folder = join(root, 'docs', 'console');
mkdirSync(folder, { recursive: true });

const harness = await startConsole({ RUCKSACK_VIRTUAL_CLOCK: 'on' });
const { app } = harness;
const shop = await startWebhookCatcher();
const smsc = await new Smsc(systemTimers).listen();
const sample = await makeSample();

/** Name of the picture → address, and what is done there first. */
const pictures = {
  overview: ['/'],
  powerpacks: ['/powerpacks'],
  settings: [`/powerpacks/${sample.powerpack}/settings`],
  pool: [`/powerpacks/${sample.powerpack}`],
  sticky: [`/powerpacks/${sample.powerpack}/sticky`],
  traffic: [`/powerpacks/${sample.powerpack}/traffic`],
  delete: [`/powerpacks/${sample.powerpack}/delete`],
  send: [`/send?powerpack=${sample.powerpack}`, compose],
  conversation: [`/conversations/${sample.powerpack}/12125550199`],
  messages: ['/messages'],
  message: [`/messages/${sample.message}`],
  webhooks: ['/webhooks'],
  simulator: ['/simulator'],
  numbers: ['/numbers'],
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

/** Fills a server: a shop with one powerpack in four states, a customer who replies, and a few whose carrier is in trouble. */
async function makeSample() {
  const { app_id: replies } = await ask('POST', 'Application/', {
    app_name: 'Replies',
    message_url: `${shop.url}/replies`,
  });
  const { uuid, number_pool: pool } = await ask('POST', 'Powerpack/', {
    name: 'Order updates',
    local_connect: true,
    application_type: 'xml',
    application_id: replies,
  });
  await ask('POST', 'Powerpack/', { name: 'Password codes', sticky_sender: false });
  const members = ['14155550101', '14155550102', '12125550101', '13125550101', '16045550101', '18335550101'];
  for (const number of members) await ask('POST', `${pool}${kindOf(number)}/${number}/`, { rent: true });
  await ask('POST', 'Number/', { numbers: '17185550142', carrier: 'own', region: 'New York' });
  await ask('POST', 'Simulator/Rule/', {
    rules: [
      { match: { destination: '1312*' }, report: 'undelivered', error_code: 30, delay_ms: [2000, 4000] },
    ],
  });
  let message;
  for (let minute = 0; minute < 50; minute += 1) {
    const count = 1 + ((minute * 7) % 5);
    for (let index = 0; index < count; index += 1) {
      const area = ['415', '212', '312', '604', '646'][(minute + index) % 5];
      const dst =
        minute === 3 && index === 0 ? '12125550199' : `1${area}55501${10 + ((minute * 3 + index) % 80)}`;
      const sent = await ask('POST', 'Message/', {
        powerpack_uuid: uuid,
        dst,
        text:
          minute === 3 ? 'Your parcel is on its way. Reply WHERE to follow it.' : 'Your parcel has left us.',
        ...(minute % 5 === 3 ? { url: `${shop.url}/status` } : {}),
      });
      if (dst === '12125550199') message = sent.message_uuid[0];
    }
    await app.advance(60_000);
  }
  shop.answer = { status: 503 };
  await ask('POST', 'Message/', {
    powerpack_uuid: uuid,
    dst: '14155550166',
    text: 'Thank you!',
    url: `${shop.url}/status`,
  });
  await app.advance(60_000);
  shop.answer = { status: 200 };
  const { objects } = await ask('GET', `Conversation/12125550199/`);
  const reply = (text) =>
    ask('POST', 'Simulator/Handset/12125550199/Message/', { dst: objects[0].from_number, text });
  await reply('Where?');
  await app.advance(60_000);
  await ask('POST', 'Message/', {
    powerpack_uuid: uuid,
    dst: '12125550199',
    text: 'In Newark. Tomorrow before noon!',
  });
  await app.advance(60_000);
  await makeCarriers();
  return { powerpack: uuid, message };
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
  await page.getByLabel('Recipients').fill('12125550177');
  await page.getByLabel('Text').fill('Your table for two is ready at eight.');
  await page.waitForTimeout(1500);
}

function kindOf(number) {
  return /^1(800|833|844|855|866|877|888)/.test(number) ? 'Tollfree' : 'Number';
}

/** Returns the response of a request that must succeed. */
async function ask(method, path, body) {
  const { status, body: answer, text } = await app.call(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return answer;
}
