// The whole app in a test: real database, real HTTP, a clock that the test turns, repeatable randomness.
import { createAccount } from '../../src/accounts/create-account.ts';
import { describeApi } from '../../src/api/reference/openapi.ts';
import { routes } from '../../src/api/routes.ts';
import { type App, serve } from '../../src/app.ts';
import { readConfig } from '../../src/base/config.ts';
import { makeEncrypter } from '../../src/base/encrypt.ts';
import type { RandomBytes } from '../../src/base/id.ts';
import type { InFlightTracker } from '../../src/base/in-flight.ts';
import { makeLogger } from '../../src/base/logger.ts';
import { systemTimers } from '../../src/base/timers.ts';
import { VirtualClock } from '../../src/base/virtual-clock.ts';
import type { Db } from '../../src/db/db.ts';
import { makeAnswerCheck } from './answer-check.ts';
import { openTestDatabase } from './database.ts';

/** A moment that tests begin at unless they say otherwise. */
export const testStart = new Date('2026-03-14T09:26:53.589Z');

const checkAnswer = makeAnswerCheck(describeApi(routes, 'test', undefined));

export interface TestAccount {
  readonly authId: string;
  readonly authToken: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came; empty when there was none. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
  readonly body: any;
}

export interface CallOptions {
  readonly as?: TestAccount | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly rawBody?: string | Uint8Array;
}

export interface TestApp {
  readonly app: App;
  readonly url: string;
  readonly account: TestAccount;
  /** The test's clock, frozen. To set it turns the time, back as well, and makes nothing happen. */
  readonly time: { now: Date };
  /** Turns the time on; resolves once all that was due on the way is done. */
  advance(durationMs: number): Promise<void>;
  /**
   * Calls the API as the test's account. A path without a leading slash is below that account
   * (`Powerpack/`); a body is sent as JSON. Every answer is held to the published description.
   */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>;
  makeAccount(name?: string): Promise<TestAccount>;
  stop(): Promise<void>;
}

/** A database and a clock for servers that share them. */
export interface TestPlace {
  readonly db: Db;
  readonly clock: VirtualClock;
  /** Of the account that all of its servers know as the test's. */
  account: TestAccount | undefined;
  /** The in-flight trackers of all servers that were started here. */
  readonly trackers: InFlightTracker[];
}

/** Returns a clock that is frozen until the test advances it. */
export function frozenClock(at = testStart): VirtualClock {
  return new VirtualClock(systemTimers, { at, isFrozen: true });
}

/** Opens a fresh database with a frozen clock. Whoever opens it closes its database, after its servers have stopped. */
export async function openTestPlace(): Promise<TestPlace> {
  return { db: await openTestDatabase(), clock: frozenClock(), account: undefined, trackers: [] };
}

/** Starts the app on a fresh database, or at a place that it shares. `variables` holds settings as the configuration reads them. */
export async function startTestApp(
  variables: Readonly<Record<string, string>> = {},
  shared?: TestPlace,
): Promise<TestApp> {
  const place = shared ?? (await openTestPlace());
  const { clock } = place;
  const db = shared === undefined ? place.db : { ...place.db, close: async () => {} };
  // Two servers make no identifier twice.
  const randomBytes = repeatableBytes(1 + place.trackers.length);
  const environment = { clock: clock.now, timers: clock, randomBytes };
  const config = readConfig({
    RUCKSACK_PORT: '0',
    RUCKSACK_TLS_PORT: '0',
    RUCKSACK_LOG_LEVEL: 'silent',
    RUCKSACK_DATA_DIR: '/nonexistent',
    ...variables,
  });
  const encrypter = makeEncrypter(new Uint8Array(32).fill(7), randomBytes);
  const accountFactory = () => ({ db, encrypter, randomBytes, now: clock.now() });
  const makeAccount = (name = 'Test') =>
    createAccount(accountFactory(), { mainId: null, name, enabled: true });
  const account = place.account ?? (await makeAccount());
  place.account = account;
  const app = await serve(config, environment, { db, encrypter, accountFactory }, makeLogger('silent'));
  place.trackers.push(app.inFlight);

  return {
    app,
    url: app.url,
    account,
    time: {
      get now() {
        return clock.now();
      },
      set now(moment) {
        clock.set(moment);
      },
    },
    advance: (durationMs) => clock.advance(durationMs, () => allIdle(place.trackers)),
    makeAccount,
    async call(method, path, body, options = {}) {
      const who = options.as ?? account;
      const target = path.startsWith('/') ? path : `/v1/Account/${who.authId}/${path}`;
      const headers: Record<string, string> = { authorization: basicAuth(who), ...options.headers };
      if (body !== undefined) headers['content-type'] ??= 'application/json';
      const response = await fetch(`${app.url}${target}`, {
        method,
        headers,
        body: options.rawBody ?? (body === undefined ? null : JSON.stringify(body)),
        redirect: 'manual',
      });
      const text = await response.text();
      checkAnswer({ method, target, status: response.status, text });
      const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson ? JSON.parse(text) : undefined,
      };
    },
    stop: () => app.stop(),
  };
}

async function allIdle(trackers: readonly InFlightTracker[]): Promise<void> {
  for (const inFlight of trackers) await inFlight.idle();
}

/** Returns the value of an `Authorization` header. */
export function basicAuth({ authId, authToken }: TestAccount): string {
  return `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`;
}

/** Returns pseudo-random bytes (xorshift32): the same sequence for the same seed. */
export function repeatableBytes(seed: number): RandomBytes {
  let state = seed;
  return (size) =>
    Uint8Array.from({ length: size }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    });
}
