// A carrier as it is being written in the console's form: the keys that most need; all others of its entry stay as they are.

/** The entry of a carrier, as it stands in the file of carriers. */
export type Entry = Readonly<Record<string, unknown>>;

/** The kinds of carriers that the form knows: an SMSC, or an HTTP vendor by its preset. */
export const carrierKinds = [
  'smpp',
  'plivo',
  'twilio',
  'telnyx',
  'bandwidth',
  'vonage',
  'kannel',
  'jasmin',
] as const;
export type CarrierKind = (typeof carrierKinds)[number];
type HttpKind = Exclude<CarrierKind, 'smpp'>;

/** A secret of a preset, and what it is for people. */
interface SecretField {
  readonly name: string;
  readonly label: string;
}

/** The secrets and services of the presets of HTTP carriers, and their addresses where these differ from server to server. */
export const httpKinds: Readonly<
  Record<
    HttpKind,
    { readonly secrets: readonly SecretField[]; readonly hasMms: boolean; readonly url?: string }
  >
> = {
  plivo: {
    secrets: [
      { name: 'id', label: 'Auth id' },
      { name: 'token', label: 'Auth token' },
    ],
    hasMms: true,
    url: 'https://api.plivo.com/v1/Account/{secret.id}/Message/',
  },
  twilio: {
    secrets: [
      { name: 'sid', label: 'Account SID' },
      { name: 'token', label: 'Auth token' },
    ],
    hasMms: true,
  },
  telnyx: {
    secrets: [
      { name: 'key', label: 'API key' },
      { name: 'public_key', label: 'Public key' },
    ],
    hasMms: true,
  },
  bandwidth: {
    secrets: [
      { name: 'account', label: 'Account' },
      { name: 'user', label: 'User' },
      { name: 'password', label: 'Password' },
      { name: 'application', label: 'Application id' },
      { name: 'webhook_user', label: 'User of callbacks' },
      { name: 'webhook_password', label: 'Password of callbacks' },
    ],
    hasMms: true,
  },
  vonage: {
    secrets: [
      { name: 'key', label: 'API key' },
      { name: 'secret', label: 'API secret' },
    ],
    hasMms: false,
  },
  kannel: {
    secrets: [
      { name: 'user', label: 'User' },
      { name: 'password', label: 'Password' },
    ],
    hasMms: false,
    url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
  },
  jasmin: {
    secrets: [
      { name: 'user', label: 'User' },
      { name: 'password', label: 'Password' },
    ],
    hasMms: false,
    url: 'http://127.0.0.1:1401/send',
  },
};

/** Presets of SMSCs; the first is none. */
export const smppPresets = [
  '',
  'vonage',
  'sinch-gsm',
  'sinch-latin1',
  'infobip',
  'twilio',
  'jasmin',
] as const;

export interface CarrierDraft {
  readonly kind: CarrierKind;
  readonly name: string;
  /** Segments a second; empty for no limit. */
  readonly rate: string;
  readonly smppPreset: (typeof smppPresets)[number];
  readonly host: string;
  readonly port: string;
  readonly systemId: string;
  /** Empty leaves it as it is. */
  readonly password: string;
  readonly isEncrypted: boolean;
  readonly binds: string;
  readonly window: string;
  /** By their names; all of them empty leaves them as they are. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly services: 'sms' | 'mms' | 'both';
  /** Where it is not that of the preset. */
  readonly url: string;
  readonly isPrivate: boolean;
}

/** Returns the draft of an entry, or of a new SMSC; `undefined` for an entry that the form does not know. */
export function draftOf(entry: Entry | undefined): CarrierDraft | undefined {
  const kind = entry === undefined ? 'smpp' : kindOf(entry);
  if (kind === undefined) return undefined;
  const { name, rate, hosts, system_id, tls, binds, window, allow_private, preset, services, send } = {
    ...entry,
  };
  const [address = ''] = listOf(hosts);
  const portAt = address.lastIndexOf(':');
  const smppPreset = smppPresets.find((one) => one === preset) ?? '';
  const own = listOf(services);
  return {
    kind,
    name: textOf(name),
    rate: textOf(rate),
    smppPreset: kind === 'smpp' ? smppPreset : '',
    host: portAt === -1 ? address : address.slice(0, portAt),
    port: portAt === -1 ? '2775' : address.slice(portAt + 1),
    systemId: textOf(system_id),
    password: '',
    isEncrypted: isObject(tls),
    binds: textOf(binds),
    window: textOf(window),
    secrets: {},
    services: servicesOf(kind, own),
    url: isObject(send) ? textOf(send.url) : '',
    isPrivate: allow_private === true,
  };
}

/** Returns the entry of a draft: that which there was, with what the form says in place of its keys. */
export function entryOf(draft: CarrierDraft, before: Entry = {}): Entry {
  const { name, rate } = draft;
  const common = { ...before, name: name.trim(), ...numberIn('rate', rate, before) };
  return prune(draft.kind === 'smpp' ? smppEntry(draft, common) : httpEntry(draft.kind, draft, common));
}

function smppEntry(draft: CarrierDraft, before: Entry): Entry {
  const { host, port, systemId, password, isEncrypted, binds, window, smppPreset } = draft;
  const address = `${host.includes(':') && !host.startsWith('[') ? `[${host.trim()}]` : host.trim()}:${port.trim()}`;
  return {
    ...before,
    type: 'smpp',
    preset: smppPreset === '' ? undefined : smppPreset,
    hosts: [address, ...listOf(before.hosts).slice(1)],
    system_id: systemId.trim(),
    password: password === '' ? undefined : password,
    tls: isEncrypted ? (isObject(before.tls) ? before.tls : {}) : undefined,
    ...numberIn('binds', binds, before),
    ...numberIn('window', window, before),
  };
}

function httpEntry(kind: HttpKind, draft: CarrierDraft, before: Entry): Entry {
  const { secrets, services, url, isPrivate } = draft;
  const { secrets: names, hasMms } = httpKinds[kind];
  const given = names.flatMap(({ name }) => {
    const value = secrets[name]?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  const send = {
    ...(isObject(before.send) ? before.send : {}),
    url: url.trim() === '' ? undefined : url.trim(),
  };
  return {
    ...before,
    type: 'http',
    preset: kind,
    secrets: given.length === 0 ? undefined : Object.fromEntries(given),
    services: hasMms ? { sms: ['sms'], mms: ['mms'], both: ['sms', 'mms'] }[services] : undefined,
    send: Object.keys(prune(send)).length === 0 ? undefined : prune(send),
    allow_private: isPrivate ? true : undefined,
  };
}

function kindOf(entry: Entry): CarrierKind | undefined {
  if (entry.type === undefined || entry.type === 'smpp') return 'smpp';
  return carrierKinds.find((kind) => kind !== 'smpp' && kind === entry.preset && entry.type === 'http');
}

function servicesOf(kind: CarrierKind, given: readonly string[]): CarrierDraft['services'] {
  if (kind === 'smpp' || !httpKinds[kind].hasMms) return 'sms';
  if (given.length === 1) return given[0] === 'mms' ? 'mms' : 'sms';
  return 'both';
}

/** Returns a number as an entry holds it. One that cannot be read stays a text: the server's complaint names its key. */
function numberIn(key: string, text: string, before: Entry): Entry {
  const given = text.trim();
  if (given === textOf(before[key])) return {};
  return { [key]: given === '' ? undefined : Number.isNaN(Number(given)) ? given : Number(given) };
}

/** Returns an entry without the keys that have no value. */
const prune = (entry: Entry): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const isObject = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
