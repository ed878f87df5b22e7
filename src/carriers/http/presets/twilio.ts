// Twilio's messaging API (twilio.com/docs/messaging/api/message-resource); SignalWire serves the same one under another URL. Pure.

export const twilio = {
  services: ['sms', 'mms'],
  send: {
    url: 'https://api.twilio.com/2010-04-01/Accounts/{secret.sid}/Messages.json',
    auth: { basic: ['{secret.sid}', '{secret.token}'] },
    form: { From: '{+sender}', To: '{+destination}', Body: '{text}', StatusCallback: '{report_url}' },
    mms: { form: { 'Body?': '{text}', Body: null, MediaUrl: '{media_urls}' } },
  },
  taken: { status: '2xx', names: '/sid' },
  // twilio.com/docs/api/errors
  failures: [
    { status: '4xx', body: '/code', matches: '^20429$', is: 'throttled' },
    { status: '4xx', body: '/code', matches: '^(21211|21214|21217|21421|21614)$', is: 'invalidDestination' },
    { status: '4xx', body: '/code', matches: '^(21212|21603|21606|21659|21660)$', is: 'invalidSender' },
    { status: '4xx', body: '/code', matches: '^21408$', is: 'countryBarred' },
    { status: '4xx', body: '/code', matches: '^21610$', is: 'optedOut' },
    { status: '4xx', body: '/code', matches: '^21617$', is: 'tooLong' },
    { status: '4xx', body: '/code', matches: '^21611$', is: 'throttled' },
  ],
  reports: {
    name: 'form:MessageSid',
    destination: 'form:To',
    status: 'form:MessageStatus',
    code: 'form:ErrorCode',
    statuses: {
      accepted: 'progress',
      queued: 'progress',
      sending: 'progress',
      sent: 'progress',
      delivered: 'delivered',
      read: 'delivered',
      undelivered: 'undelivered',
      failed: 'undelivered',
      canceled: 'undelivered',
    },
    codes: {
      21610: 200,
      30003: 80,
      30004: 100,
      30005: 70,
      30006: 50,
      30007: 30,
      30008: 1000,
      30034: 100,
    },
  },
  inbound: {
    name: 'form:MessageSid',
    sender: 'form:From',
    destination: 'form:To',
    text: 'form:Body',
    media: 'form:MediaUrl0..9',
  },
  verify: { twilio: '{secret.token}' },
  answer: { type: 'text/xml', body: '<Response></Response>' },
};
