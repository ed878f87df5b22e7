// Kannel's smsbox (its user's guide, sections "Using the HTTP interface" and "Delivery reports"). Pure.

/** Kannel fills its own escapes in the URLs that it calls: what it is given ends in these. */
const reportFields = 'type=%d&answer=%A';

export const kannel = {
  services: ['sms'],
  send: {
    method: 'GET',
    url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
    query: {
      username: '{secret.user}',
      password: '{secret.password}',
      from: '{sender}',
      to: '{+destination}',
      text: '{text}',
      charset: 'UTF-8',
      coding: 0,
      validity: '{expires_minutes}',
      'dlr-mask': 31,
      'dlr-url': `{report_url}?${reportFields}`,
    },
    ucs2: { query: { coding: 2 } },
  },
  // Kannel names nothing: a report finds its message by our reference in its URL.
  taken: { status: '202' },
  failures: [
    { status: '400,404', matches: 'Sender missing|sender', is: 'invalidSender' },
    { status: 403, is: 'misconfigured' },
    { status: 503, is: 'throttled' },
  ],
  reports: {
    status: 'query:type',
    code: 'query:answer',
    statuses: { 1: 'delivered', 2: 'undelivered', 4: 'progress', 8: 'progress', 16: 'undelivered' },
  },
  inbound: {
    name: 'query:id',
    sender: 'query:from',
    destination: 'query:to',
    text: 'query:text',
  },
};
