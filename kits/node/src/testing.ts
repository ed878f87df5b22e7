// The test kit for Node: a server for one suite, its accounts, and waiting for what they send.
import { type Callback, startCallbackReceiver } from './callback-receiver.ts';
import { postJson } from './post-json.ts';
import { startServerProcess } from './server-process.ts';
import { TestAccount } from './test-account.ts';

export type { Callback, CallbackAnswer } from './callback-receiver.ts';
export type {
  ArrivedMessage,
  CallbackFilter,
  MessageFilter,
  TestAccount,
  WaitOptions,
} from './test-account.ts';

export interface RucksackOptions {
  /** How the time runs: `frozen` (the default) until `advance`, from the present or from a moment, or `running`. */
  readonly clock?: 'frozen' | 'running' | Date;
  /** The state that the first account begins with, and returns to at each `reset` (docs/testing.md). */
  readonly seed?: object;
  /** Further settings of the server, such as `{ RUCKSACK_PACING: 'unlimited' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server and its first account. */
export interface Rucksack {
  /** For SDKs, without a slash at the end. */
  readonly url: string;
  readonly account: TestAccount;
  /** Makes another account, for another suite on the same server. */
  makeAccount(name: string, seed?: object): Promise<TestAccount>;
  /** Moves the time, and resolves once all that fell due on the way is done, callbacks included; with 0 what is under way now. */
  advance(durationMs: number): Promise<void>;
  /** Puts the first account back to its start, and the time where it is not running. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that lives as long as this process at most. */
export async function startRucksack(options: RucksackOptions = {}): Promise<Rucksack> {
  const { clock = 'frozen', seed, settings = {} } = options;
  const server = await startServerProcess({ RUCKSACK_VIRTUAL_CLOCK: clockSetting(clock), ...settings });
  const accounts = new Map<string, TestAccount>();
  const receiver = await startCallbackReceiver((callback) =>
    accounts.get(accountOf(callback))?.receive(callback),
  );
  const add = (authId: string, authToken: string): TestAccount => {
    const callbackUrl = `${receiver.url}/${authId}/`;
    const account = new TestAccount({ url: server.url, authId, authToken, callbackUrl });
    accounts.set(authId, account);
    return account;
  };
  const account = add(server.authId, server.authToken);
  if (seed !== undefined) await account.seed(seed);
  return {
    url: server.url,
    account,
    async makeAccount(name, given) {
      const body = { name, seed: given ?? {} };
      const made = await postJson<{ auth_id: string; auth_token: string }>(server, 'MainAccount/', body);
      return add(made.auth_id, made.auth_token);
    },
    async advance(durationMs) {
      await postJson(server, 'Simulator/Clock/', { action: 'advance', milliseconds: durationMs });
    },
    reset: () => account.reset({ clock: clock !== 'running' }),
    async stop() {
      await Promise.all([...accounts.values()].map((one) => one.close()));
      await server.stop();
      await receiver.close();
    },
  };
}

const clockSetting = (clock: NonNullable<RucksackOptions['clock']>): string =>
  clock === 'running' ? 'on' : clock === 'frozen' ? 'frozen' : clock.toISOString();

/** Returns the account whose URL was called. */
const accountOf = ({ path }: Callback): string => path.split('/')[1] ?? '';
