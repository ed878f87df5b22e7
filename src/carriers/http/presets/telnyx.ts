// Telnyx's messaging API (developers.telnyx.com/docs/messaging). Pure.

export const telnyx = {
  services: ['sms', 'mms'],
  send: {
    url: 'https://api.telnyx.com/v2/messages',
    auth: { bearer: '{secret.key}' },
    headers: { 'Idempotency-Key': '{reference}' },
    json: {
      from: '{+sender}',
      to: '{+destination}',
      text: '{text}',
      webhook_url: '{report_url}',
      tags: ['{reference}'],
    },
    mms: { json: { media_urls: '{media_urls}' } },
  },
  taken: { status: '2xx', names: '/data/id' },
  // developers.telnyx.com/docs/overview/errors
  failures: [
    { status: '4xx', body: '/errors/0/code', matches: '^40300$', is: 'optedOut' },
    { status: '4xx', body: '/errors/0/code', matches: '^(40305|40013|40012)$', is: 'invalidSender' },
    { status: '4xx', body: '/errors/0/code', matches: '^(40310|40001)$', is: 'invalidDestination' },
    { status: '4xx', body: '/errors/0/code', matches: '^(40302|40011)$', is: 'tooLong' },
    { status: '4xx', body: '/errors/0/code', matches: '^20100$', is: 'noCredit' },
  ],
  reports: {
    when: { at: '/data/event_type', is: ['message.sent', 'message.finalized'] },
    name: '/data/payload/id',
    destination: '/data/payload/to/0/phone_number',
    status: '/data/payload/to/0/status',
    code: '/data/payload/errors/0/code',
    statuses: {
      queued: 'progress',
      sending: 'progress',
      sent: 'progress',
      delivered: 'delivered',
      delivery_unconfirmed: 'progress',
      sending_failed: 'undelivered',
      delivery_failed: 'undelivered',
    },
    codes: {
      40001: 50,
      40002: 30,
      40003: 30,
      40005: 80,
      40006: 80,
      40008: 1000,
      40009: 10,
      40300: 200,
    },
  },
  inbound: {
    when: { at: '/data/event_type', is: 'message.received' },
    name: '/data/payload/id',
    sender: '/data/payload/from/phone_number',
    destination: '/data/payload/to/0/phone_number',
    text: '/data/payload/text',
    media: '/data/payload/media/*/url',
  },
  verify: { telnyx: '{secret.public_key}' },
};
