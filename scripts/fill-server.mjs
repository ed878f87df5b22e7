// Gives a running server something of everything through its API, with messages and callbacks that wait. The backup of such a server is kept
// with each release (test/data/releases), and every later version is tested to open it:
//
//   RUCKSACK_VIRTUAL_CLOCK=on npm start                        in the release
//   source rucksack-data/env && node scripts/fill-server.mjs
//   npm run rucksack -- backup test/data/releases/NAME.backup  with the server killed, so that its leases are in it
const { RUCKSACK_URL: server, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken } = process.env;
if (authToken === undefined) throw new Error('first: source rucksack-data/env');

/** No program listens there, so callbacks wait. */
const customer = 'http://127.0.0.1:8999';

async function call(method, path, body, as = { authId, authToken }) {
  const isForm = body instanceof FormData;
  const answer = await fetch(`${server}/v1/Account/${as.authId}/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${as.authId}:${as.authToken}`).toString('base64')}`,
      ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? body : body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const advance = (seconds) => call('POST', 'Simulator/Clock/', { action: 'advance', seconds });

await call('POST', 'Simulator/Clock/', { action: 'freeze' });
await call('POST', '', { city: 'Berlin', address: 'Weg 1' });
const subaccount = await call('POST', 'Subaccount/', { name: 'Branch', enabled: true });
const branch = { authId: subaccount.auth_id, authToken: subaccount.auth_token };
const { app_id: appId } = await call('POST', 'Application/', {
  app_name: 'Replies',
  message_url: `${customer}/inbound`,
  message_method: 'POST',
});

const powerpack = await call('POST', 'Powerpack/', {
  name: 'Alerts',
  application_type: 'XML',
  application_id: appId,
});
const pool = `NumberPool/${powerpack.number_pool.split('/')[5]}`;
for (const number of ['14155550100', '14155550101', '12125550100']) {
  await call('POST', `${pool}/Number/${number}/`, { rent: true, service: 'mms' });
}
await call('POST', `${pool}/Tollfree/18005550100/`, { rent: true });
await call('POST', `${pool}/Shortcode/40404/`, {});
await call('POST', `Powerpack/${powerpack.uuid}/`, { name: 'Alerts of today', local_connect: 'False' });
await call('POST', `Powerpack/${powerpack.uuid}/Sticky/12125550177/`, { number: '12125550100' });
const deleted = await call('POST', 'Powerpack/', { name: 'Of yesterday' });
await call('POST', `NumberPool/${deleted.number_pool.split('/')[5]}/Number/13125550100/`, { rent: true });
await call('DELETE', `Powerpack/${deleted.uuid}/`, { unrent_numbers: 'True' });
await call('POST', 'Number/', { numbers: '442071838750', carrier: 'own', region: 'London' });
await call('POST', 'PhoneNumber/16175550100/', { app_id: appId });
const own = await call('POST', 'Powerpack/', { name: 'Of the branch' }, branch);
await call('POST', `NumberPool/${own.number_pool.split('/')[5]}/Number/13055550100/`, { rent: true }, branch);

const form = new FormData();
form.set('file', new Blob([Buffer.from('89504e470d0a1a0a00', 'hex')], { type: 'image/png' }), 'picture.png');
const {
  objects: [file],
} = await call('POST', 'Media/', form);

const rules = [{ match: { destination: '12125550166' }, report: 'undelivered', error_code: 300 }];
await call('POST', 'Simulator/Rule/', { rules });
const send = (dst, more = {}, as = undefined) =>
  call(
    'POST',
    'Message/',
    { powerpack_uuid: powerpack.uuid, dst, text: `Hello ${dst} “é”`, url: `${customer}/status`, ...more },
    as,
  );
await send('12125550166');
await send('12125550177');
await send('12125550178', {
  type: 'mms',
  media_ids: [file.media_id],
  media_urls: ['https://example.com/a.png'],
});
await send('13055550133', { powerpack_uuid: own.uuid }, branch);
await send('12125550179', { log: 'false' });
await advance(30);
await call('POST', 'Simulator/Handset/12125550177/Message/', { dst: '12125550100', text: 'Thank you' });
await call('POST', 'Simulator/Handset/12125550178/Message/', { dst: '14155550100', text: 'STOP' });
await advance(90);

await call('POST', 'Carrier/', {
  config: { name: 'away', hosts: ['127.0.0.1:1'], system_id: 'rucksack', password: 'test-pass' },
});
await call('POST', 'Route/', { service: 'sms', country: 'GB', carrier: 'away' });
for (const service of ['sms', 'mms']) await call('POST', 'Route/', { service, carrier: 'simulator' });
// These wait for their numbers, and so do their callbacks.
for (let last = 0; last < 12; last += 1) await send(`1212555${String(9000 + last)}`);
