// Jasmin's HTTP API (docs.jasminsms.com/en/latest/apis/ja-http). Pure.

export const jasmin = {
  services: ['sms'],
  send: {
    url: 'http://127.0.0.1:1401/send',
    // Without `validity-period`: 0.10.13 writes its moment with tenths of a second, rounds from 0.95 on to ten of them, and drops the message.
    form: {
      username: '{secret.user}',
      password: '{secret.password}',
      from: '{sender}',
      to: '{destination}',
      content: '{text}',
      coding: 0,
      dlr: 'yes',
      'dlr-level': 3,
      'dlr-method': 'POST',
      'dlr-url': '{report_url}',
    },
    ucs2: { form: { coding: 8, content: null, 'hex-content': '{text_utf16_hex}' } },
  },
  taken: { status: '200', names: 'regex:Success "(.+?)"' },
  failures: [
    { matches: 'Authentication failure', is: 'misconfigured' },
    { matches: 'Cannot send submit_sm|QosFull|Throughput|throughput', is: 'throttled' },
    { matches: 'No route found', is: 'noRoute' },
    { matches: 'Authorization failed', is: 'misconfigured' },
    { matches: 'Cannot charge', is: 'noCredit' },
    { status: '402,412', is: 'carrierFault' },
  ],
  reports: {
    name: 'form:id',
    status: 'form:message_status',
    code: 'form:err',
    statuses: {
      delivrd: 'delivered',
      esme_rok: 'progress',
      acceptd: 'progress',
      enroute: 'progress',
      undeliv: 'undelivered',
      expired: 'undelivered',
      deleted: 'undelivered',
      rejectd: 'undelivered',
      unknown: 'undelivered',
    },
  },
  inbound: {
    name: 'form:id',
    sender: 'form:from',
    destination: 'form:to',
    text: 'form:content',
    // The content is octets in the alphabet of its coding, not text.
    octets: { hex: 'form:binary', coding: 'form:coding' },
  },
  answer: { body: 'ACK/Jasmin' },
};
