// A client that sends messages and reads at a steady rate whether they are answered or not, and records each answer.
import { setTimeout as pause } from 'node:timers/promises';
import { basicAuth, type TestAccount } from '../../support/app.ts';
import { until } from '../../support/until.ts';
import { type MessageParts, makeRequests, sendMessages } from '../crash/message-load.ts';

const everyMs = 100;
/** A fault after which nothing is accepted for so long has broken the service. */
const acceptedLimitMs = 120_000;
const readEveryMs = 500;
const readLimitMs = 10_000;
/** Counts that a standby may answer. */
const readPath = 'Traffic/';
/** Answers that a proxy gives where it has none of ours, and ours while the database is away. */
const notNow = [502, 503, 504];

interface Request {
  readonly sentMs: number;
  /** Absent while it is under way. */
  end?: { readonly ms: number; readonly status: number | string };
}

/** The requests that were sent within a time. */
export interface Interval {
  readonly requests: number;
  /** Requests by what they got instead of 202: a status, or an error instead of an answer. */
  readonly failures: Readonly<Record<string, number>>;
  /** The longest time without a 202. */
  readonly silenceMs: number;
  /** The slowest 202. */
  readonly slowestMs: number;
  readonly reads: number;
  readonly failedReads: number;
}

export interface SteadyLoadParts extends MessageParts {
  readonly account: TestAccount;
  readonly url: string;
}

export class SteadyLoad {
  /** Ids of all messages that were answered with 202. */
  readonly accepted: string[] = [];
  /** Answers that nobody should get: one sentence each. */
  readonly unexpected: string[] = [];
  readonly #requests: Request[] = [];
  readonly #reads: { readonly sentMs: number; readonly isAnswered: boolean }[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #nextRequest: () => object;
  readonly #account: TestAccount;
  readonly #url: string;
  readonly #sending: Promise<unknown>;
  #isStopped = false;

  constructor({ account, url, ...messages }: SteadyLoadParts) {
    this.#nextRequest = makeRequests(messages);
    this.#account = account;
    this.#url = url;
    this.#sending = Promise.all([
      this.#repeat(everyMs, () => this.#sendOne()),
      this.#repeat(readEveryMs, () => this.#readOnce()),
    ]);
  }

  /** Returns what became of the requests that were sent within a time, all of which have ended. */
  within(fromMs: number, untilMs: number): Interval {
    const sent = this.#requests.filter(({ sentMs }) => sentMs >= fromMs && sentMs < untilMs);
    const failures: Record<string, number> = {};
    const answers = [fromMs];
    let slowestMs = 0;
    for (const { sentMs, end = { ms: untilMs, status: 'under way' } } of sent) {
      if (end.status === 202) {
        answers.push(end.ms);
        slowestMs = Math.max(slowestMs, end.ms - sentMs);
      } else failures[end.status] = (failures[end.status] ?? 0) + 1;
    }
    answers.sort((a, b) => a - b);
    const reads = this.#reads.filter(({ sentMs }) => sentMs >= fromMs && sentMs < untilMs);
    const silences = answers.map((ms, index) => ms - (answers[index - 1] ?? ms));
    return {
      requests: sent.length,
      failures,
      silenceMs: Math.max(...silences),
      slowestMs,
      reads: reads.length,
      failedReads: reads.filter(({ isAnswered }) => !isAnswered).length,
    };
  }

  /** Waits until so many more requests in a row were accepted. */
  async acceptedAgain(count: number): Promise<void> {
    const fromMs = Date.now();
    await until(() => {
      const ended = this.#requests.filter(({ sentMs, end }) => sentMs >= fromMs && end !== undefined);
      const last = ended.slice(-count);
      return last.length === count && last.every(({ end }) => end?.status === 202);
    }, acceptedLimitMs);
  }

  /** Stops sending; resolves once every request has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#sending;
    await Promise.all(this.#underWay);
  }

  /** Starts something again and again, without waiting for its end. */
  async #repeat(ms: number, begin: () => Promise<void>): Promise<void> {
    for (let nextMs = Date.now() + ms; !this.#isStopped; nextMs += ms) {
      const one = begin();
      this.#underWay.add(one);
      void one.finally(() => this.#underWay.delete(one));
      await pause(Math.max(0, nextMs - Date.now()));
    }
  }

  async #readOnce(): Promise<void> {
    const sentMs = Date.now();
    const answer = await fetch(`${this.#url}/v1/Account/${this.#account.authId}/${readPath}`, {
      headers: { authorization: basicAuth(this.#account) },
      signal: AbortSignal.timeout(readLimitMs),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    this.#reads.push({ sentMs, isAnswered: answer?.ok === true });
  }

  async #sendOne(): Promise<void> {
    const request: Request = { sentMs: Date.now() };
    this.#requests.push(request);
    try {
      const { status, text } = await sendMessages(this.#url, this.#account, this.#nextRequest());
      request.end = { ms: Date.now(), status };
      if (status === 202) this.accepted.push(...JSON.parse(text).message_uuid);
      else if (!notNow.includes(status))
        this.unexpected.push(`a message was answered ${status}: ${text.slice(0, 300)}`);
    } catch (error) {
      request.end = { ms: Date.now(), status: nameOf(error as Error) };
    }
  }
}

/** Returns a name for the reason why there is no answer. */
function nameOf({ name, cause }: Error): string {
  return (cause as { code?: string } | undefined)?.code ?? name;
}
