// Carriers and routes in words.
import type { components } from '../../../client/src/schema.ts';
import type { Tone } from '../parts/tone.ts';

type Carrier = Pick<
  components['schemas']['Carrier'],
  | 'state'
  | 'draining'
  | 'counts'
  | 'answers'
  | 'throttled_seconds'
  | 'unmatched_reports'
  | 'unmatched_share'
  | 'warnings'
  | 'name_rule'
>;
type Bind = components['schemas']['Carrier']['binds'][number];
type Route = Pick<components['schemas']['Route'], 'number' | 'kind' | 'country' | 'powerpack' | 'account'>;

interface StateWords {
  readonly tone: Tone | undefined;
  readonly label: string;
}

/** Returns the state of a carrier with its colour. One that is draining says so whatever its connections are like. */
export function stateInWords({ state, draining }: Carrier): StateWords {
  if (draining) return { tone: 'warn', label: 'Draining' };
  switch (state) {
    case 'up':
      return { tone: 'good', label: 'Up' };
    case 'refused':
      return { tone: 'bad', label: 'Refused' };
    case 'down':
      return { tone: 'bad', label: 'Down' };
    case 'draining':
      return { tone: 'warn', label: 'Draining' };
    case null:
      return { tone: undefined, label: 'Not running' };
  }
}

/** Returns what a carrier has counted, the largest first: "submitted 1,200, throttled 3". Reports that no message fits are told too. */
export function countsInWords({ counts, unmatched_reports: unmatched }: Carrier): string {
  return Object.entries({ ...counts, 'reports without a message': unmatched })
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
    .join(', ');
}

/** Returns what a carrier answered other than yes, by its own codes, and how long it was throttled for that: "0x58 12, throttled for 4 s". */
export function answersInWords({
  answers,
  throttled_seconds: throttled,
}: Pick<Carrier, 'answers' | 'throttled_seconds'>): string {
  const codes = Object.entries(answers)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count.toLocaleString('en')}`);
  const seconds = Math.round(throttled);
  return [...codes, ...(seconds > 0 ? [`throttled for ${seconds.toLocaleString('en')} s`] : [])].join(', ');
}

const bindStates = {
  idle: 'not started',
  connecting: 'connecting to',
  binding: 'binding to',
  bound: 'bound to',
  unbinding: 'unbinding from',
  refused: 'refused by',
  waiting: 'waiting to try again, last',
  stopped: 'ended at',
} as const;

/** Returns a connection of a carrier: "Bind 1, transceiver, bound to smsc.example:2775 (SMSC1)". */
export function bindInWords({ bind, role, state, host, system_id: peer }: Bind): string {
  const where = `${host}${peer === '' ? '' : ` (${peer})`}`;
  return `Bind ${bind}, ${role}, ${bindStates[state]} ${where}`.trimEnd();
}

const rules: Readonly<Record<string, string>> = {
  'hex-decimal': 'names are hexadecimal, and decimal in its receipts',
  'decimal-hex': 'names are decimal, and hexadecimal in its receipts',
  numeric: 'names differ in case and zeros in its receipts',
};

/** Returns sentences about what is wrong with a carrier while it is up, and about the way in which its names differ. */
export function warningsInWords({
  warnings,
  unmatched_share: share,
  name_rule: rule,
}: Pick<Carrier, 'warnings' | 'unmatched_share' | 'name_rule'>): string[] {
  const words = {
    names_repeat: 'It gives one name to several messages.',
    names_missing: 'It gives messages no names: their reports are not found.',
    source_ton_refused: 'It refuses the TON or NPI of some senders: see source in its entry.',
    destination_ton_refused: 'It refuses the TON or NPI of destinations: see destination in its entry.',
    reports_unmatched: `${Math.round((share ?? 0) * 100)} % of its reports have no message.`,
  } as const;
  const known = rule === null ? undefined : rules[rule];
  return [...warnings.map((warning) => words[warning]), ...(known === undefined ? [] : [`Its ${known}.`])];
}

const kinds = {
  longcode: 'long codes',
  tollfree: 'toll-free numbers',
  shortcode: 'short codes',
  alphanumeric: 'alphanumeric names',
} as const;

/** Returns the senders that a route is for. */
export function sendersInWords({ number, kind, country, powerpack, account }: Route): string {
  const where = country === null ? '' : ` of ${country}`;
  if (number !== null) return `${number}${where}`;
  if (powerpack !== null) return `powerpack ${powerpack}`;
  if (kind !== null) return `${kinds[kind]}${where}`;
  if (country !== null) return `numbers of ${country}`;
  if (account !== null) return `account ${account}`;
  return 'everything else';
}
