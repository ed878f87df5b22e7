// Every setting of the server, with its type, default and meaning: the only place that reads the environment.
import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { readSegments, readServiceRates, type SenderLimits } from './sender-limits.ts';
import {
  addresses,
  allRoles,
  byKind,
  type ClockMode,
  ConfigError,
  clockMode,
  countries,
  databaseUrl,
  matching,
  oneOf,
  onOff,
  type Role,
  replicaUrl,
  roles,
  text,
  url,
  type Variable,
  wholeNumber,
} from './setting-kinds.ts';

/** Every variable, in the order of the manual. */
export const variables = {
  RUCKSACK_HOST: text('127.0.0.1', 'Address to listen on. The default is reachable from this machine only.'),
  RUCKSACK_PORT: wholeNumber(
    8080,
    0,
    65535,
    'Port for HTTP; 0 takes any free one, which is the default of an ephemeral server.',
  ),
  RUCKSACK_TLS_PORT: wholeNumber(
    8443,
    0,
    65535,
    'Port for HTTPS, used once `rucksack certs` has made certificates; 0 takes any free one.',
  ),
  RUCKSACK_PUBLIC_URL: url(
    ['http:', 'https:'],
    'How customers and their SDKs reach the server, when that is not the address it listens on.',
  ),
  RUCKSACK_DATA_DIR: text(
    'rucksack-data',
    'Directory of the embedded database, the secret key and the certificates.',
  ),
  RUCKSACK_EPHEMERAL: onOff(
    'For tests: nothing is written to the disk, and everything is gone at the end (docs/testing.md). The database lives in memory, whatever `DATABASE_URL` says; there are no certificates.',
  ),
  DATABASE_URL: databaseUrl(
    'A PostgreSQL (15 or newer) to use instead of the embedded database. Several hosts with commas between them: the one that takes writes is used.',
  ),
  DATABASE_LISTEN_URL: databaseUrl(
    'The same PostgreSQL without a pooler between, for the one connection that listens for changes by other processes. Without it: `DATABASE_URL`, or a check every few seconds where a pooler in transaction mode is in between.',
  ),
  DATABASE_READ_URL: replicaUrl(
    'A standby of that PostgreSQL for reads that may lag (docs/several-hosts.md). Several hosts with commas between them: the first that is a standby is used.',
  ),
  RUCKSACK_READ_LAG_SECONDS: wholeNumber(
    2,
    1,
    3600,
    'How far behind that standby may be: beyond it, and while it does not answer, those reads go to `DATABASE_URL` as all others do.',
  ),
  RUCKSACK_ROLES: roles(
    'Roles of this process: `api` answers requests, `dispatcher` talks to carriers and sends webhooks. Several processes may share a PostgreSQL.',
  ),
  RUCKSACK_DATABASE_CONNECTIONS: wholeNumber(
    10,
    2,
    200,
    'Connections to PostgreSQL that this process may hold.',
  ),
  RUCKSACK_AUTH_ID: matching(
    'MA and 18 letters A-Z or digits',
    /^MA[A-Z0-9]{18}$/,
    'Auth id of the first account, made at start if it is missing. Needs RUCKSACK_AUTH_TOKEN.',
  ),
  RUCKSACK_AUTH_TOKEN: matching(
    '20 to 128 printable characters without spaces or colons',
    /^[!-9;-~]{20,128}$/,
    'Auth token of the first account. Without the two a demo account is made.',
  ),
  RUCKSACK_OPERATOR: matching(
    'MA and 18 letters A-Z or digits',
    /^MA[A-Z0-9]{18}$/,
    'Auth id of the account that may change carriers and routes. Without it: RUCKSACK_AUTH_ID, or the account that was made first.',
  ),
  RUCKSACK_SECRET_KEY: matching(
    '64 hexadecimal digits',
    /^[0-9a-fA-F]{64}$/,
    'Key that encrypts auth tokens at rest. Without it one is made in the data directory, readable by its owner only.',
  ),
  RUCKSACK_LOG_LEVEL: oneOf(
    'info',
    ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    'How much is logged, one line an event, on standard error: JSON, or text on a terminal.',
  ),
  RUCKSACK_TRACES: onOff(
    'Whether requests and messages are traced by OpenTelemetry; where the traces go is said by the standard OTEL_ variables.',
  ),
  RUCKSACK_REQUEST_LIMIT: wholeNumber(
    0,
    0,
    1_000_000,
    'Requests that an account may make in 5 seconds before it is answered 429, a message to several people counted for each; 0 is no limit.',
  ),
  RUCKSACK_LOGIN_FAILURES: wholeNumber(
    20,
    1,
    1_000_000,
    'Failed logins a minute, per address and account, before further ones are answered 429. Correct logins always succeed.',
  ),
  RUCKSACK_TRUSTED_PROXIES: addresses('Reverse proxies whose X-Forwarded-For header is trusted.'),
  RUCKSACK_DELETE_STATUS: oneOf(
    '204',
    ['204', '200'],
    'Status of a successful powerpack deletion: 204 without a body, or 200 with an acknowledgement.',
  ),
  RUCKSACK_RESTORE_DAYS: wholeNumber(10, 0, 3650, 'Days for which a deleted powerpack can be restored.'),
  RUCKSACK_HOLD_DAYS: wholeNumber(
    10,
    0,
    3650,
    'Days for which an unrented number is held for its account before anyone may rent it.',
  ),
  RUCKSACK_INVENTORY: oneOf(
    'simulator',
    ['simulator', 'none'],
    'Numbers for sale: the fictitious ones (555-0100 to 555-0199 of every area code), or none.',
  ),
  RUCKSACK_CARRIERS: text(
    undefined,
    'JSON file with the carriers and the routes to them (docs/carriers.md); SIGHUP reads it again. Without it, and without carriers that were made by the API, every message goes to the simulator.',
  ),
  RUCKSACK_SIMULATOR: oneOf(
    'on',
    ['on', 'off'],
    'Whether the simulator is there beside other carriers. While it is, fictitious numbers (555-0100 to 555-0199) always go to it.',
  ),
  RUCKSACK_SIMULATOR_RULES: text(
    undefined,
    'JSON file with the rules that the simulator starts with; without it every message is delivered after 100 ms.',
  ),
  RUCKSACK_SIMULATOR_SEED: wholeNumber(
    1,
    0,
    2 ** 31 - 1,
    "Seed of the simulator's random numbers: the same seed gives each message the same outcome.",
  ),
  RUCKSACK_SIMULATOR_LOG: text(
    undefined,
    'File to which the simulator appends submissions, reports and inbound messages, one JSON line each, without texts.',
  ),
  RUCKSACK_VIRTUAL_CLOCK: clockMode(
    'Whether the API may freeze and advance the time, for tests, and whether it is frozen from the start, at the present or at a time. It is the time of this process alone.',
  ),
  RUCKSACK_TEST_KIT: onOff(
    'Whether accounts may be seeded, reset and put back to snapshots, which is for tests (docs/testing.md): on an ephemeral server they always may. It is for a server of one process.',
  ),
  RUCKSACK_READY_FILE: text(
    undefined,
    'File that is written once the server is ready: one line of JSON with its `url`, `auth_id` and `auth_token`, readable by its owner only. `-` prints the line instead of the greeting.',
  ),
  RUCKSACK_STOP_WITH_INPUT: onOff(
    'Whether the server stops when its standard input ends: one that a test suite has started then ends with it, however that ends.',
  ),
  RUCKSACK_WEBHOOK_TIMEOUT_SECONDS: wholeNumber(
    8,
    1,
    60,
    "Time limit of a webhook: a customer's URL that has not answered completely by then counts as failed.",
  ),
  RUCKSACK_WEBHOOK_CALLS_PER_HOST: wholeNumber(
    10,
    1,
    100,
    'Webhooks that a process sends at once to one host and port; of one account it sends 500 at once.',
  ),
  RUCKSACK_WEBHOOK_NETWORKS: addresses(
    "Non-public addresses that customers' URLs may lead to. Without it: loopback, if the server listens on loopback only and neither RUCKSACK_PUBLIC_URL nor RUCKSACK_TRUSTED_PROXIES is set.",
  ),
  RUCKSACK_PACING: oneOf(
    'carrier',
    ['carrier', 'unlimited'],
    'Whether numbers keep to their rates; unlimited is for development.',
  ),
  RUCKSACK_RATES: byKind(
    'kind=SMS/MMS, separated by commas',
    'us-longcode=1/1,ca-longcode=0.25/0.25,longcode=0.25/0.25,tollfree=25/2,shortcode=100/0,alphanumeric=10/0',
    readServiceRates,
    'Segments a second that a number or a name sends, by its kind and optionally its country; 0 is no limit. Kinds that are not named keep their default.',
  ),
  RUCKSACK_DAILY_SEGMENTS: byKind(
    'kind=segments, separated by commas',
    'longcode=200',
    readSegments,
    'Segments a day (UTC) after which other members of a pool are preferred; 0, and kinds that are not named: never.',
  ),
  RUCKSACK_ALPHANUMERIC_COUNTRIES: countries(
    'Countries to which names may send although they are not in the list of those that take them without registration (docs/alphanumeric-senders.md): where your names are registered. Countries under +1 never take names.',
  ),
  RUCKSACK_STICKY_DAYS: wholeNumber(
    15,
    1,
    3650,
    'Days since the last message after which a recipient may be given another number.',
  ),
  RUCKSACK_AUDIT_DAYS: wholeNumber(365, 1, 3650, 'Days for which the audit log is kept.'),
  RUCKSACK_REQUEST_LOG_DAYS: wholeNumber(
    7,
    0,
    365,
    'Days for which the log of requests is kept, and up to one more; with 0 there is none.',
  ),
  RUCKSACK_HEALTH_MESSAGES: wholeNumber(
    50,
    1,
    1_000_000,
    'Finished messages in the last 24 hours that a number needs before its health is judged.',
  ),
  RUCKSACK_HEALTH_DELIVERED: wholeNumber(
    25,
    0,
    100,
    'Percent of them that must have been delivered; below it other members of the pool are preferred.',
  ),
  RUCKSACK_DRAIN_SECONDS: wholeNumber(
    0,
    0,
    600,
    'How long a stop goes on answering requests first, while `/readyz` says 503: until load balancers have noticed.',
  ),
  RUCKSACK_STOP_SECONDS: wholeNumber(
    10,
    1,
    600,
    'How long a stop waits for work under way: requests, carriers, webhooks.',
  ),
} as const;

export type VariableName = keyof typeof variables;

/** The settings that rules read; the others concern the process. */
export interface Settings {
  readonly deleteStatus: 200 | 204;
  readonly restoreDays: number;
  readonly holdDays: number;
  readonly sellsInventory: boolean;
  /** ISO 3166-1 codes of countries that take names, beside those that are known to. */
  readonly alphanumericCountries: ReadonlySet<string>;
  readonly stickyDays: number;
  readonly auditDays: number;
  readonly requestLogDays: number;
  readonly limits: SenderLimits;
}

/** The whole configuration of a process. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  /** Whether nothing is written to the disk, and all is gone at the end. */
  readonly isEphemeral: boolean;
  readonly databaseUrl: string | undefined;
  readonly databaseListenUrl: string | undefined;
  /** The standby for reads that may lag, and how far behind it may be. */
  readonly readReplica: { readonly url: string; readonly maxLagMs: number } | undefined;
  readonly databaseConnections: number;
  readonly roles: readonly Role[];
  readonly firstAccount: { readonly authId: string; readonly authToken: string } | undefined;
  /** The account that may change carriers and routes; undefined for the one that was made first. */
  readonly operatorId: string | undefined;
  readonly secretKey: string | undefined;
  readonly logLevel: string;
  readonly isTracingOn: boolean;
  readonly requestLimit: number;
  readonly loginFailures: number;
  readonly trustedProxies: readonly string[];
  readonly drainMs: number;
  readonly stopMs: number;
  /** Webhooks: time limit of a request, requests at once for each host, and the non-public addresses that are allowed. */
  readonly webhooks: {
    readonly timeoutMs: number;
    readonly callsPerHost: number;
    readonly allowedNetworks: readonly string[];
  };
  /** The file of carriers and routes. */
  readonly carriersPath: string | undefined;
  /** Returns an environment variable that a setting names, where secrets of carriers lie. */
  readonly secretVariable: (name: string) => string | undefined;
  readonly simulator: {
    readonly isOn: boolean;
    readonly rulesPath: string | undefined;
    readonly seed: number;
    readonly logPath: string | undefined;
  };
  readonly virtualClock: ClockMode;
  /** Whether accounts may be seeded and reset. */
  readonly isTestKitOn: boolean;
  /** Where the server says that it is ready: a file, or `-` for the standard output. */
  readonly readyFile: string | undefined;
  readonly stopsWithInput: boolean;
  readonly settings: Settings;
}

/**
 * Names that are no settings but no mistakes either: those that Kubernetes puts into every container beside a Service that is called
 * `rucksack`, and the address of the server, which the file `env` of a data directory gives to clients.
 */
const otherNames = /^RUCKSACK_(SERVICE_|PORT_\d|URL$)/;

/**
 * Adds to the environment before it is read: the lines of a file, if it is there, which change nothing that is set, and settings,
 * which do.
 */
export function extendEnvironment(
  file: string,
  settings: readonly (readonly [name: VariableName, value: string])[],
): void {
  if (existsSync(file)) process.loadEnvFile(file);
  for (const [name, value] of settings) process.env[name] = value;
}

/** Returns the credentials at the vendor, as far as the environment has them under the names of the vendor's SDKs. */
export function readVendorCredentials(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly authId: string | undefined; readonly authToken: string | undefined } {
  const read = (name: string) => environment[name]?.trim() || undefined;
  return { authId: read('PLIVO_AUTH_ID'), authToken: read('PLIVO_AUTH_TOKEN') };
}

/**
 * Reads the configuration from environment variables; empty ones count as not set.
 * @throws ConfigError for a value that cannot be used and for a `RUCKSACK_…` variable that does not exist.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('RUCKSACK_') && !Object.hasOwn(variables, name) && !otherNames.test(name)) {
      throw new ConfigError(`${name} is not a setting of Rucksack; docs/operating.md lists them all`);
    }
  }
  const read = <Name extends VariableName>(name: Name) => readVariable(environment, name);
  const required = <Value>(value: Value | undefined): Value => value as Value;
  const isEphemeral = required(read('RUCKSACK_EPHEMERAL'));
  // A suite's own environment often names the database of the program that it tests.
  const databaseUrl = isEphemeral ? undefined : read('DATABASE_URL');
  const anyPort = isEphemeral && !environment.RUCKSACK_PORT?.trim();

  return {
    host: required(read('RUCKSACK_HOST')),
    port: anyPort ? 0 : required(read('RUCKSACK_PORT')),
    tlsPort: required(read('RUCKSACK_TLS_PORT')),
    publicUrl: read('RUCKSACK_PUBLIC_URL'),
    dataDir: resolve(required(read('RUCKSACK_DATA_DIR'))),
    isEphemeral,
    databaseUrl,
    databaseListenUrl: read('DATABASE_LISTEN_URL'),
    readReplica: readReplicaSettings(
      isEphemeral ? undefined : read('DATABASE_READ_URL'),
      required(read('RUCKSACK_READ_LAG_SECONDS')),
      databaseUrl,
    ),
    databaseConnections: required(read('RUCKSACK_DATABASE_CONNECTIONS')),
    roles: readRoles(read('RUCKSACK_ROLES'), databaseUrl),
    firstAccount: readFirstAccount(read('RUCKSACK_AUTH_ID'), read('RUCKSACK_AUTH_TOKEN')),
    operatorId: read('RUCKSACK_OPERATOR') ?? read('RUCKSACK_AUTH_ID'),
    secretKey: read('RUCKSACK_SECRET_KEY'),
    logLevel: required(read('RUCKSACK_LOG_LEVEL')),
    isTracingOn: required(read('RUCKSACK_TRACES')),
    requestLimit: required(read('RUCKSACK_REQUEST_LIMIT')),
    loginFailures: required(read('RUCKSACK_LOGIN_FAILURES')),
    trustedProxies: read('RUCKSACK_TRUSTED_PROXIES') ?? [],
    drainMs: required(read('RUCKSACK_DRAIN_SECONDS')) * 1000,
    stopMs: required(read('RUCKSACK_STOP_SECONDS')) * 1000,
    webhooks: {
      timeoutMs: required(read('RUCKSACK_WEBHOOK_TIMEOUT_SECONDS')) * 1000,
      callsPerHost: required(read('RUCKSACK_WEBHOOK_CALLS_PER_HOST')),
      allowedNetworks:
        read('RUCKSACK_WEBHOOK_NETWORKS') ??
        ownNetworks(
          required(read('RUCKSACK_HOST')),
          read('RUCKSACK_PUBLIC_URL') !== undefined || read('RUCKSACK_TRUSTED_PROXIES') !== undefined,
        ),
    },
    carriersPath: read('RUCKSACK_CARRIERS'),
    secretVariable: (name) => environment[name],
    simulator: {
      isOn: read('RUCKSACK_SIMULATOR') === 'on',
      rulesPath: read('RUCKSACK_SIMULATOR_RULES'),
      seed: required(read('RUCKSACK_SIMULATOR_SEED')),
      logPath: read('RUCKSACK_SIMULATOR_LOG'),
    },
    virtualClock: required(read('RUCKSACK_VIRTUAL_CLOCK')),
    isTestKitOn: isEphemeral || required(read('RUCKSACK_TEST_KIT')),
    readyFile: read('RUCKSACK_READY_FILE'),
    stopsWithInput: required(read('RUCKSACK_STOP_WITH_INPUT')),
    settings: {
      deleteStatus: read('RUCKSACK_DELETE_STATUS') === '200' ? 200 : 204,
      restoreDays: required(read('RUCKSACK_RESTORE_DAYS')),
      holdDays: required(read('RUCKSACK_HOLD_DAYS')),
      sellsInventory: read('RUCKSACK_INVENTORY') === 'simulator',
      alphanumericCountries: read('RUCKSACK_ALPHANUMERIC_COUNTRIES') ?? new Set<string>(),
      stickyDays: required(read('RUCKSACK_STICKY_DAYS')),
      auditDays: required(read('RUCKSACK_AUDIT_DAYS')),
      requestLogDays: required(read('RUCKSACK_REQUEST_LOG_DAYS')),
      limits: {
        isPaced: read('RUCKSACK_PACING') === 'carrier',
        rates: required(read('RUCKSACK_RATES')),
        dailySegments: required(read('RUCKSACK_DAILY_SEGMENTS')),
        healthMessages: required(read('RUCKSACK_HEALTH_MESSAGES')),
        healthDeliveredPercent: required(read('RUCKSACK_HEALTH_DELIVERED')),
      },
    },
  };
}

/**
 * Returns the non-public addresses that webhooks may go to by default: loopback, if the server listens on loopback only (it is
 * being tried out, and its customers are on the same machine). None behind a proxy: remote customers must not reach other
 * services of this machine.
 */
function ownNetworks(host: string, isBehindProxy: boolean): readonly string[] {
  if (isBehindProxy) return [];
  const isLoopback = host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
  return isLoopback ? ['127.0.0.0/8', '::1'] : [];
}

type ValueOf<Name extends VariableName> = ReturnType<(typeof variables)[Name]['read']>;

function readVariable<Name extends VariableName>(
  environment: Readonly<Record<string, string | undefined>>,
  name: Name,
): ValueOf<Name> | undefined {
  const variable = variables[name] as Variable<ValueOf<Name>>;
  const given = environment[name]?.trim() || variable.defaultText;
  if (given === undefined || given === '') return undefined;
  try {
    return variable.read(given);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const shown = /TOKEN|KEY|URL/.test(name) ? 'what it holds' : `"${given}"`;
    throw new ConfigError(`${name} must be ${error.message}, not ${shown}`);
  }
}

/** Returns the roles. The embedded database serves a single process, which must have all of them. */
function readReplicaSettings(
  url: string | undefined,
  lagSeconds: number,
  databaseUrl: string | undefined,
): Config['readReplica'] {
  if (url === undefined) return undefined;
  if (databaseUrl === undefined) {
    throw new ConfigError('DATABASE_READ_URL needs DATABASE_URL: the embedded database has no standby');
  }
  return { url, maxLagMs: lagSeconds * 1000 };
}

function readRoles(roles: readonly Role[] = allRoles, databaseUrl: string | undefined): readonly Role[] {
  if (databaseUrl === undefined && roles.length < allRoles.length) {
    throw new ConfigError('RUCKSACK_ROLES needs DATABASE_URL: the embedded database serves one process');
  }
  return roles;
}

function readFirstAccount(authId: string | undefined, authToken: string | undefined): Config['firstAccount'] {
  if (authId === undefined && authToken === undefined) return undefined;
  if (authId === undefined || authToken === undefined) {
    throw new ConfigError('RUCKSACK_AUTH_ID and RUCKSACK_AUTH_TOKEN must be set together');
  }
  return { authId, authToken };
}
