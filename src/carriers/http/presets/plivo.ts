// Plivo, and any server of its API: another Rucksack (plivo.com/docs/messaging/api/message). Pure.

export const plivo = {
  services: ['sms', 'mms'],
  rate: 5,
  at_once: 20,
  send: {
    url: 'https://api.plivo.com/v1/Account/{secret.id}/Message/',
    auth: { basic: ['{secret.id}', '{secret.token}'] },
    // Rucksack recognises a repetition by it; Plivo's own API ignores it.
    headers: { 'Idempotency-Key': '{reference}' },
    json: {
      src: '{sender}',
      dst: '{destination}',
      text: '{text}',
      url: '{report_url}',
      method: 'POST',
      'dlt_entity_id?': '{dlt_entity_id}',
      'dlt_template_id?': '{dlt_template_id}',
      'dlt_template_category?': '{dlt_template_category}',
    },
    mms: { json: { type: 'mms', media_urls: '{media_urls}' } },
  },
  taken: { status: '2xx', names: '/message_uuid/*' },
  failures: [
    { status: 400, body: '/error', matches: 'dst', is: 'invalidDestination' },
    { status: 400, body: '/error', matches: 'src', is: 'invalidSender' },
  ],
  reports: {
    name: ['form:MessageUUID', 'form:ParentMessageUUID'],
    destination: 'form:To',
    status: 'form:Status',
    code: 'form:ErrorCode',
    statuses: {
      queued: 'progress',
      sent: 'progress',
      delivered: 'delivered',
      undelivered: 'undelivered',
      failed: 'undelivered',
      rejected: 'undelivered',
    },
    codes: 'plivo',
  },
  inbound: {
    name: 'form:MessageUUID',
    sender: 'form:From',
    destination: 'form:To',
    text: 'form:Text',
    media: 'form:Media0..9',
  },
  verify: { 'plivo-v3': '{secret.token}' },
};
