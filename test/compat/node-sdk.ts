// The real Node SDK, pointed at a server of ours, with a list of which of its methods ran.
import { createRequire } from 'node:module';
import type { Loose } from './raw-request.ts';

const require = createRequire(import.meta.url);
const { Client, Response } = require('plivo');
const { PlivoResource, PlivoResourceInterface } = require('plivo/dist/base.js');

/**
 * Makes a client of the SDK for one account, with any further options of the SDK's constructor. The SDK's own types leave out
 * half of what its objects can do.
 */
export function makeClient(
  account: { authId: string; authToken: string },
  options: { url?: string } = {},
): Loose {
  return new Client(account.authId, account.authToken, options);
}

/** Makes an empty document of the SDK's builder of Plivo XML. */
export function makeXml(): Loose {
  return new Response();
}

/**
 * Sends the SDK's calls of https://api.plivo.com to `origin`: Application calls go there whatever the option `url` is. It must
 * be the SDK's own copy of axios.
 */
export function redirectVoiceCalls(origin: string): void {
  const axios = createRequire(require.resolve('plivo'))('axios');
  const sendHttp = axios.getAdapter('http');
  axios.defaults.adapter = (config: Loose) =>
    sendHttp({ ...config, url: config.url.replace(/^https:\/\/api\.plivo\.com(?=\/)/, origin) });
}

export interface MethodWatch {
  /** Every method of the SDK's resources and interfaces, inherited ones too, as `Powerpack.find_number`. */
  readonly all: ReadonlySet<string>;
  /** Those that have been called. */
  readonly called: ReadonlySet<string>;
}

/** Records the calls of every method of the SDK's classes in some of its modules for resources, such as `powerpacks`. */
export function watchMethods(modules: readonly string[]): MethodWatch {
  const classes = modules
    .flatMap((name) => Object.values(require(`plivo/dist/resources/${name}.js`)) as Loose[])
    .filter(
      ({ prototype }) => prototype instanceof PlivoResource || prototype instanceof PlivoResourceInterface,
    );
  const called = new Set<string>();
  for (const watched of [...classes, PlivoResource, PlivoResourceInterface]) {
    for (const name of ownMethods(watched.prototype)) {
      const method = watched.prototype[name];
      watched.prototype[name] = function (...given: unknown[]) {
        called.add(`${this.constructor.name}.${name}`);
        return method.apply(this, given);
      };
    }
  }
  const all = classes.flatMap(({ name, prototype }) =>
    [...ownMethods(prototype), ...ownMethods(Object.getPrototypeOf(prototype))].map(
      (method) => `${name}.${method}`,
    ),
  );
  return { all: new Set(all), called };
}

function ownMethods(prototype: object): string[] {
  return Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
}
