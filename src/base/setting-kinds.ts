// The kinds of settings: how each is written in the environment, described in the manual, and read.
import { BlockList, isIP } from 'node:net';
import { readDatabaseUrl, readReplicaUrl } from './database-url.ts';
import { OperatorError } from './errors.ts';
import { readUrl } from './read-url.ts';
import { type ByKind, readByKind } from './sender-limits.ts';

/** Thrown for a setting that cannot be used; the sentence names the variable, its value and the allowed values. */
export class ConfigError extends OperatorError {}

/** One setting: an environment variable. */
export interface Variable<Value> {
  /** How the value is written, for the manual. */
  readonly type: string;
  /** The default, as written in the environment; `undefined` when there is none. */
  readonly defaultText: string | undefined;
  readonly about: string;
  /** The text that the flag means where it has no value: `--ephemeral`. */
  readonly flagMeans?: string;
  /** Reads the text, or throws a sentence that completes "NAME must be …". */
  readonly read: (text: string) => Value;
}

/** Returns a setting that is any text. */
export const text = (defaultText: string | undefined, about: string): Variable<string> => ({
  type: 'text',
  defaultText,
  about,
  read: (value) => value,
});

/** Returns a setting of decimal digits without a sign, from `least` to `most`, both included. */
export const wholeNumber = (
  byDefault: number,
  least: number,
  most: number,
  about: string,
): Variable<number> => ({
  type: `whole number, ${least} to ${most}`,
  defaultText: String(byDefault),
  about,
  read: (value) => {
    const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new ConfigError(`a whole number from ${least} to ${most}`);
  },
});

/** Returns a setting that is one of some words, in any case. */
export const oneOf = <Choice extends string>(
  byDefault: Choice,
  choices: readonly Choice[],
  about: string,
): Variable<Choice> => ({
  type: choices.join(', '),
  defaultText: byDefault,
  about,
  read: (value) => {
    const choice = choices.find((known) => known === value.toLowerCase());
    if (choice !== undefined) return choice;
    throw new ConfigError(`one of ${choices.join(', ')}`);
  },
});

/** Returns a setting that is off unless it is turned on. */
export const onOff = (about: string): Variable<boolean> => {
  const { read, ...words } = oneOf('off', ['off', 'on'], about);
  return { flagMeans: 'on', read: (value) => read(value) === 'on', ...words };
};

/** How the time runs: as the machine's, or turned by the API, from the start on or frozen, at the machine's time or at a moment. */
export type ClockMode = 'off' | 'on' | 'frozen' | Date;

/** Returns a setting of how the time runs. */
export const clockMode = (about: string): Variable<ClockMode> => ({
  type: 'off, on, frozen, or a time such as 2026-03-14T09:26:53Z',
  defaultText: 'off',
  flagMeans: 'on',
  about,
  read: (value) => {
    const mode = (['off', 'on', 'frozen'] as const).find((known) => known === value.toLowerCase());
    if (mode !== undefined) return mode;
    const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) ? new Date(value) : undefined;
    if (moment !== undefined && !Number.isNaN(moment.getTime())) return moment;
    throw new ConfigError('off, on, frozen, or a time in UTC such as 2026-03-14T09:26:53Z');
  },
});

/** Returns a setting that is a URL of one of the `protocols` (`http:`), stored without slashes at its end. No default. */
export const url = (protocols: readonly string[], about: string): Variable<string> => ({
  type: 'URL',
  defaultText: undefined,
  about,
  read: (value) => {
    if (protocols.includes(readUrl(value)?.protocol ?? '')) return value.replace(/\/+$/, '');
    throw new ConfigError(`a URL that begins with ${protocols.map((name) => `${name}//`).join(' or ')}`);
  },
});

/** Returns a setting that is the URL of a PostgreSQL database, of one host or several. No default. */
export const databaseUrl = (about: string): Variable<string> => ({
  type: 'URL',
  defaultText: undefined,
  about,
  read: (value) => {
    if (readDatabaseUrl(value) !== undefined) return value;
    throw new ConfigError(
      'a URL that begins with postgres:// or postgresql://, with one host or several (a:5432,b:5432); target_session_attrs may be any, primary or read-write',
    );
  },
});

/** Returns a setting that is the URL of a PostgreSQL that follows another one, of one host or several. No default. */
export const replicaUrl = (about: string): Variable<string> => ({
  type: 'URL',
  defaultText: undefined,
  about,
  read: (value) => {
    if (readReplicaUrl(value) !== undefined) return value;
    throw new ConfigError(
      'a URL that begins with postgres:// or postgresql://, with one host or several (a:5432,b:5432); target_session_attrs may be standby',
    );
  },
});

/** Returns a setting whose whole text must match `pattern`, which `type` describes. No default. */
export const matching = (type: string, pattern: RegExp, about: string): Variable<string> => ({
  type,
  defaultText: undefined,
  about,
  read: (value) => {
    if (pattern.test(value)) return value;
    throw new ConfigError(type);
  },
});

/** Returns a setting of IP addresses and networks in CIDR notation. No default. */
export const addresses = (about: string): Variable<readonly string[]> => ({
  type: 'addresses or networks, separated by commas',
  defaultText: undefined,
  about,
  read: (value) => {
    const list = value.split(',').map((part) => part.trim());
    if (list.every(isAddressOrNetwork)) return list;
    throw new ConfigError('addresses or networks (10.0.0.1, 10.0.0.0/8), separated by commas');
  },
});

/** Returns a setting of countries, ISO 3166-1, read in capitals. No default. */
export const countries = (about: string): Variable<ReadonlySet<string>> => ({
  type: 'country codes such as GB, separated by commas',
  defaultText: undefined,
  about,
  read: (value) => {
    const codes = value.split(',').map((part) => part.trim().toUpperCase());
    if (codes.every((code) => /^[A-Z]{2}$/.test(code))) return new Set(codes);
    throw new ConfigError('country codes of two letters (GB, DE), separated by commas');
  },
});

/** Returns a setting that overrides the default kind by kind. */
export const byKind = <Value>(
  type: string,
  defaultText: string,
  readFigure: (figure: string) => Value | undefined,
  about: string,
): Variable<ByKind<Value>> => ({
  type,
  defaultText,
  about,
  read: (value) => {
    const given = readByKind(value, readFigure);
    if (given === undefined) throw new ConfigError(`${type} (${defaultText})`);
    return new Map([...(readByKind(defaultText, readFigure) ?? []), ...given]);
  },
});

function isAddressOrNetwork(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(prefix), family === 6 ? 'ipv6' : 'ipv4');
    return /^\d+$/.test(prefix);
  } catch {
    return false;
  }
}

/** A part of the work of a server that a process may take. */
export type Role = 'api' | 'dispatcher';
export const allRoles: readonly Role[] = ['api', 'dispatcher'];

/** Returns a setting of roles, in any order. */
export const roles = (about: string): Variable<readonly Role[]> => ({
  type: 'api, dispatcher, or both separated by a comma',
  defaultText: allRoles.join(','),
  about,
  read: (value) => {
    const given = value.split(',').map((part) => part.trim());
    const known = allRoles.filter((role) => given.includes(role));
    if (known.length === new Set(given).size) return known;
    throw new ConfigError('api, dispatcher, or both separated by a comma');
  },
});
