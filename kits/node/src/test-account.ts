// An account of a test server: what it is given, what it sends and what is called back, and the way back to its start.
import { answerOf, createClient, type RucksackClient } from 'rucksack-server/client';
import type { Callback, CallbackAnswer } from './callback-receiver.ts';
import { type Access, postJson } from './post-json.ts';
import { WaitingList } from './waiting-list.ts';

/** A message as it arrived at a telephone. */
export interface ArrivedMessage {
  readonly uuid: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly type: 'sms' | 'mms';
  readonly mediaUrls: readonly string[];
}

/** Which one is waited for; what is left out does not matter. */
export interface MessageFilter {
  readonly to?: string;
  readonly from?: string;
  /** A part of the text. */
  readonly text?: string;
}

export interface CallbackFilter {
  /** Such as `delivered`; inbound messages have `received`. */
  readonly status?: string;
  readonly messageUuid?: string;
}

export interface WaitOptions {
  /** How long to wait before it is an error; 5000 by default. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 5000;
const pageSize = 20;

export interface AccountParts extends Access {
  /** Where its callbacks are received. */
  readonly callbackUrl: string;
}

/** One account. Those of one server may be used at once. */
export class TestAccount {
  readonly authId: string;
  readonly authToken: string;
  /** For `url` of messages and `message_url` of applications: what comes there is given by `nextCallback`. */
  readonly callbackUrl: string;
  /** The typed client, for every call of the API. */
  readonly client: RucksackClient;
  /** Returns what a callback is answered with; may be replaced, and stays as it is when the account is reset. */
  answer: (callback: Callback) => CallbackAnswer | Promise<CallbackAnswer> = () => undefined;
  readonly #access: Access;
  readonly #callbacks = new WaitingList<Callback>('callback');
  readonly #messages = new WaitingList<ArrivedMessage>('message');
  readonly #seen = new Set<string>();
  readonly #stopped = new AbortController();
  #watching: Promise<void> | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: AccountParts) {
    this.authId = parts.authId;
    this.authToken = parts.authToken;
    this.callbackUrl = parts.callbackUrl;
    this.client = createClient(parts);
    this.#access = parts;
  }

  /** Makes in the account what a seed says (docs/testing.md); returns what was made. */
  seed(seed: object): Promise<{
    readonly numbers: readonly string[];
    readonly powerpacks: readonly {
      readonly name: string;
      readonly uuid: string;
      readonly numbers: readonly string[];
    }[];
    readonly applications: readonly { readonly app_id: string; readonly app_name: string }[];
    readonly message_uuid: readonly string[];
  }> {
    return postJson(this.#access, 'Seed/', seed);
  }

  /** Replaces the rules of the simulator for this account's messages. */
  async rules(rules: readonly object[]): Promise<void> {
    await postJson(this.#access, 'Simulator/Rule/', { rules, scope: 'account' });
  }

  /** Restores the account to where it was when it was made or seeded, and forgets what has come; with `clock` the server's time too. */
  async reset({ clock = false }: { readonly clock?: boolean } = {}): Promise<void> {
    await postJson(this.#access, 'Reset/', clock ? { clock } : {});
    await this.#looking;
    this.#messages.clear();
    this.#callbacks.clear();
  }

  /** Sends a message from a person's telephone; returns its UUID. */
  async sendFromHandset(from: string, to: string, text: string): Promise<string> {
    const path = `Simulator/Handset/${from}/Message/`;
    const sent = await postJson<{ message_uuid: string[] }>(this.#access, path, { dst: to, text });
    return sent.message_uuid[0] ?? '';
  }

  /** Returns the next message that arrived at a telephone and was not given before. Waits for it without looking again and again. */
  async nextMessage(
    filter: MessageFilter = {},
    { timeoutMs = defaultTimeoutMs }: WaitOptions = {},
  ): Promise<ArrivedMessage> {
    // What ends the watching is met by the next look as well, which tells of it.
    this.#watching ??= this.#watch().catch(() => undefined);
    const { to, from, text = '' } = filter;
    const matches = (message: ArrivedMessage) =>
      (to === undefined || message.to === digits(to)) &&
      (from === undefined || message.from === digits(from)) &&
      message.text.includes(text);
    const next = this.#messages.next(matches, timeoutMs);
    // What went before anything was watched for is found by a look.
    await Promise.race([this.#look(), next]);
    return next;
  }

  /** Returns the next callback that was not given before; waits for it. */
  nextCallback(
    { status, messageUuid }: CallbackFilter = {},
    { timeoutMs = defaultTimeoutMs }: WaitOptions = {},
  ): Promise<Callback> {
    return this.#callbacks.next(
      ({ parameters }) =>
        (status === undefined || parameters.Status === status) &&
        (messageUuid === undefined || parameters.MessageUUID === messageUuid),
      timeoutMs,
    );
  }

  /** Takes a callback that came for this account; returns the answer to it. */
  receive(callback: Callback): CallbackAnswer | Promise<CallbackAnswer> {
    this.#callbacks.add(callback);
    return this.answer(callback);
  }

  /** Stops watching. */
  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#watching;
  }

  /** Reads messages whenever the server says that some have changed. */
  async #watch(): Promise<void> {
    for await (const { kind, topics } of this.client.changes(this.#stopped.signal)) {
      if (kind === 'opened' || kind === 'reset' || topics.includes('messages')) await this.#look();
    }
  }

  /** Adds the messages that were not seen before, the oldest first. Looks follow one another. */
  #look(): Promise<void> {
    const look = this.#looking.then(async () => {
      const found: ArrivedMessage[] = [];
      for (let offset = 0; ; offset += pageSize) {
        const query = { limit: pageSize, offset };
        const { objects } = await answerOf(this.client.GET('/Simulator/Submission/', { params: { query } }));
        const unseen = objects.filter(
          ({ attempt, message_uuid: uuid }) => !this.#seen.has(`${uuid} ${attempt}`),
        );
        for (const one of unseen) {
          this.#seen.add(`${one.message_uuid} ${one.attempt}`);
          if (one.failure === null) found.unshift(arrivedMessage(one));
        }
        if (unseen.length < pageSize) break;
      }
      for (const message of found) this.#messages.add(message);
    });
    this.#looking = look.catch(() => undefined);
    return look;
  }
}

const digits = (number: string): string => number.replace('+', '');

function arrivedMessage(submission: {
  readonly message_uuid: string;
  readonly src: string;
  readonly dst: string;
  readonly text: string;
  readonly type: 'sms' | 'mms';
  readonly media_urls: readonly string[];
}): ArrivedMessage {
  return {
    uuid: submission.message_uuid,
    from: submission.src,
    to: submission.dst,
    text: submission.text,
    type: submission.type,
    mediaUrls: submission.media_urls,
  };
}
