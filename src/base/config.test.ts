// Settings as they are read, and the error for each that cannot be used.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

test('without any variable the defaults apply', () => {
  const config = readConfig({});
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 8080);
  assert.equal(config.tlsPort, 8443);
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.firstAccount, undefined);
  assert.equal(config.logLevel, 'info');
  assert.equal(config.virtualClock, 'off');
  assert.deepEqual(config.simulator, { isOn: true, rulesPath: undefined, seed: 1, logPath: undefined });
  assert.deepEqual(config.settings, {
    deleteStatus: 204,
    restoreDays: 10,
    holdDays: 10,
    sellsInventory: true,
    stickyDays: 15,
    auditDays: 365,
    requestLogDays: 7,
    alphanumericCountries: new Set(),
    limits: {
      isPaced: true,
      rates: new Map([
        ['us-longcode', { sms: 1, mms: 1 }],
        ['ca-longcode', { sms: 0.25, mms: 0.25 }],
        ['longcode', { sms: 0.25, mms: 0.25 }],
        ['tollfree', { sms: 25, mms: 2 }],
        ['shortcode', { sms: 100, mms: 0 }],
        ['alphanumeric', { sms: 10, mms: 0 }],
      ]),
      dailySegments: new Map([['longcode', 200]]),
      healthMessages: 50,
      healthDeliveredPercent: 25,
    },
  });
  assert.deepEqual(config.roles, ['api', 'dispatcher']);
  assert.deepEqual(config.webhooks, {
    timeoutMs: 8000,
    callsPerHost: 10,
    allowedNetworks: ['127.0.0.0/8', '::1'],
  });
});

test('an empty variable counts as not set', () => {
  assert.equal(readConfig({ RUCKSACK_PORT: ' ' }).port, 8080);
});

const good: [
  environment: Record<string, string>,
  read: (config: ReturnType<typeof readConfig>) => unknown,
  value: unknown,
][] = [
  [{ RUCKSACK_PORT: '0' }, (config) => config.port, 0],
  [
    { RUCKSACK_PUBLIC_URL: 'https://sms.example.net/' },
    (config) => config.publicUrl,
    'https://sms.example.net',
  ],
  [{ RUCKSACK_LOG_LEVEL: 'DEBUG' }, (config) => config.logLevel, 'debug'],
  [{ RUCKSACK_DELETE_STATUS: '200' }, (config) => config.settings.deleteStatus, 200],
  [
    { RUCKSACK_TRUSTED_PROXIES: '10.0.0.1, fd00::/8' },
    (config) => config.trustedProxies,
    ['10.0.0.1', 'fd00::/8'],
  ],
  [{ RUCKSACK_INVENTORY: 'none' }, (config) => config.settings.sellsInventory, false],
  [{ RUCKSACK_PACING: 'unlimited' }, (config) => config.settings.limits.isPaced, false],
  // Kinds without a value keep their default.
  [
    { RUCKSACK_RATES: 'US-longcode = 0.5/0, shortcode=10/1' },
    ({ settings }) => [...settings.limits.rates].map(([kind, { sms, mms }]) => `${kind} ${sms} ${mms}`),
    [
      'us-longcode 0.5 0',
      'ca-longcode 0.25 0.25',
      'longcode 0.25 0.25',
      'tollfree 25 2',
      'shortcode 10 1',
      'alphanumeric 10 0',
    ],
  ],
  [
    { RUCKSACK_DAILY_SEGMENTS: 'longcode=0,us-tollfree=1000' },
    ({ settings }) => [...settings.limits.dailySegments],
    [
      ['longcode', 0],
      ['us-tollfree', 1000],
    ],
  ],
  [
    { RUCKSACK_ROLES: 'dispatcher', DATABASE_URL: 'postgres://db/rucksack' },
    (config) => config.roles,
    ['dispatcher'],
  ],
  [{ RUCKSACK_HOST: '0.0.0.0' }, (config) => config.webhooks.allowedNetworks, []],
  [{ RUCKSACK_WEBHOOK_NETWORKS: '10.0.0.0/8' }, (config) => config.webhooks.allowedNetworks, ['10.0.0.0/8']],
  [{ RUCKSACK_WEBHOOK_TIMEOUT_SECONDS: '2' }, (config) => config.webhooks.timeoutMs, 2000],
  [{ RUCKSACK_VIRTUAL_CLOCK: 'ON' }, (config) => config.virtualClock, 'on'],
  [{ RUCKSACK_VIRTUAL_CLOCK: 'frozen' }, (config) => config.virtualClock, 'frozen'],
  [
    { RUCKSACK_VIRTUAL_CLOCK: '2026-03-14T09:26:53.5Z' },
    (config) => config.virtualClock,
    new Date('2026-03-14T09:26:53.500Z'),
  ],
  [{ RUCKSACK_EPHEMERAL: 'on' }, (config) => config.port, 0],
  [{ RUCKSACK_EPHEMERAL: 'on', RUCKSACK_PORT: '9000' }, (config) => config.port, 9000],
  [
    { RUCKSACK_EPHEMERAL: 'on', DATABASE_URL: 'postgres://db/app' },
    (config) => config.databaseUrl,
    undefined,
  ],
];

for (const [environment, read, value] of good) {
  test(JSON.stringify(environment), () => assert.deepEqual(read(readConfig(environment)), value));
}

const authId = 'MADEMO00000000000001';

const bad: [environment: Record<string, string>, sentence: RegExp][] = [
  [{ RUCKSACK_PORT: '80801' }, /^RUCKSACK_PORT must be a whole number from 0 to 65535, not "80801"$/],
  [{ RUCKSACK_PORT: '-1' }, /^RUCKSACK_PORT must be/],
  [{ RUCKSACK_LOG_LEVEL: 'loud' }, /^RUCKSACK_LOG_LEVEL must be one of silent, fatal/],
  [{ RUCKSACK_PUBLIC_URL: 'example.net' }, /^RUCKSACK_PUBLIC_URL must be a URL that begins with http:/],
  [{ DATABASE_URL: 'mysql://user:secret@db/x' }, /^DATABASE_URL must be a URL that begins with postgres:/],
  [{ RUCKSACK_AUTH_ID: authId }, /must be set together/],
  [{ RUCKSACK_AUTH_ID: 'XX', RUCKSACK_AUTH_TOKEN: 'x'.repeat(40) }, /^RUCKSACK_AUTH_ID must be MA and 18/],
  [{ RUCKSACK_AUTH_ID: authId, RUCKSACK_AUTH_TOKEN: 'short' }, /^RUCKSACK_AUTH_TOKEN must be 20 to 128/],
  [{ RUCKSACK_SECRET_KEY: 'abc' }, /^RUCKSACK_SECRET_KEY must be 64 hexadecimal digits/],
  [{ RUCKSACK_TRUSTED_PROXIES: '10.0.0.1, proxy' }, /^RUCKSACK_TRUSTED_PROXIES must be addresses/],
  [{ RUCKSACK_TRUSTED_PROXIES: '10.0.0.0/99' }, /^RUCKSACK_TRUSTED_PROXIES must be addresses/],
  [{ RUCKSACK_ROLES: 'api, sender', DATABASE_URL: 'postgres://db/x' }, /^RUCKSACK_ROLES must be api, disp/],
  [
    { RUCKSACK_ROLES: 'api' },
    /^RUCKSACK_ROLES needs DATABASE_URL: the embedded database serves one process$/,
  ],
  [{ RUCKSACK_RATES: 'us-longcode=1' }, /^RUCKSACK_RATES must be kind=SMS\/MMS, separated by commas/],
  [{ RUCKSACK_DAILY_SEGMENTS: 'mobile=1' }, /^RUCKSACK_DAILY_SEGMENTS must be kind=segments, separated/],
  [{ RUCKSACK_PACING: 'none' }, /^RUCKSACK_PACING must be one of carrier, unlimited/],
  [{ RUCKSACK_PROT: '8080' }, /^RUCKSACK_PROT is not a setting/],
];

for (const [environment, sentence] of bad) {
  test(`${JSON.stringify(environment)} is refused`, () => {
    assert.throws(() => readConfig(environment), { name: 'OperatorError', message: sentence });
  });
}

test('an error never shows a secret', () => {
  for (const environment of [
    { DATABASE_URL: 'mysql://user:secret@db/x' },
    { RUCKSACK_AUTH_ID: authId, RUCKSACK_AUTH_TOKEN: 'secret' },
    { RUCKSACK_SECRET_KEY: 'secret' },
  ]) {
    assert.throws(
      () => readConfig(environment),
      (error: Error) => !error.message.includes('secret'),
    );
  }
});
