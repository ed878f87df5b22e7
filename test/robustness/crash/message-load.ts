// Clients that send messages while processes are killed, and record the ids that were accepted.
import { setTimeout as pause } from 'node:timers/promises';
import { basicAuth, type TestAccount } from '../../support/app.ts';
import type { Draw } from '../../support/draw.ts';

const clients = 3;
const pauseMs = 80;
/** One in so many requests has many recipients, so that sender queues fill. */
const oneBulkIn = 12;
const bulkSize = 20;
const timeoutMs = 10_000;
export const areaCodes = ['202', '212', '305', '312', '415', '617'];

/** Returns a text of one segment, or a longer one; the token of its request is in every segment. */
const textOf = (token: number, isLong: boolean): string =>
  isLong ? `#${token}# This text is longer than one segment may be. `.repeat(5) : `Your code is #${token}#`;

/** Returns the token of the request whose text this is, or a segment of it. */
export const tokenOf = (text: string): string => /#(\d+)#/.exec(text)?.[1] ?? '';

/** Destinations that get several messages each. */
export const regulars: readonly string[] = Array.from(
  { length: 24 },
  (_, index) => `1${areaCodes[index % areaCodes.length]}200${1000 + index}`,
);

export interface MessageParts {
  readonly powerpackUuid: string;
  /** Each request has its token added to it. */
  readonly callbackUrl: string;
  readonly draw: Draw;
}

/** Returns a function that makes the next request: to one person, or to many, of whom some get messages regularly. */
export function makeRequests({ powerpackUuid, callbackUrl, draw }: MessageParts): () => object {
  let strangers = 0;
  let requests = 0;

  function nextDestination(): string {
    if (draw(2) === 0) return regulars[draw(regulars.length)] ?? '';
    strangers += 1;
    return `1${areaCodes[strangers % areaCodes.length]}${3_000_000 + strangers}`;
  }

  return () => {
    const size = draw(oneBulkIn) === 0 ? bulkSize : 1;
    const destinations = new Set(Array.from({ length: size }, nextDestination));
    requests += 1;
    return {
      dst: [...destinations].join('<'),
      powerpack_uuid: powerpackUuid,
      text: textOf(requests, draw(4) === 0),
      url: `${callbackUrl}/${requests}`,
    };
  };
}

/** Sends a request for messages. Rejects where there is no answer in time. */
export async function sendMessages(
  url: string,
  account: TestAccount,
  body: object,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/v1/Account/${account.authId}/Message/`, {
    method: 'POST',
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, text: await response.text() };
}

export interface LoadParts extends MessageParts {
  readonly account: TestAccount;
  readonly urls: () => readonly string[];
}

export interface Load {
  /** Ids of all messages that were answered with 202. */
  readonly accepted: readonly string[];
  /** Returns how many requests got no answer, or a 503 because the database was away. */
  readonly unanswered: () => number;
  /** Resolves once so many more messages have been accepted. */
  more(messages: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts sending. An answer other than 202 and 503 ends it, and makes `stop` and `more` reject. */
export function startLoad({ account, urls, draw, ...messages }: LoadParts): Load {
  const nextRequest = makeRequests({ draw, ...messages });
  const accepted: string[] = [];
  const waiting: { readonly from: number; readonly resolve: () => void }[] = [];
  let unanswered = 0;
  let stopped = false;

  async function sendOne(url: string): Promise<void> {
    const { status, text } = await sendMessages(url, account, nextRequest());
    if (status === 503) {
      unanswered += 1;
      return;
    }
    if (status !== 202) throw new UnexpectedAnswer(`a message was answered ${status}: ${text}`);
    accepted.push(...JSON.parse(text).message_uuid);
    for (const { from, resolve } of waiting) if (accepted.length >= from) resolve();
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const living = urls();
      const url = living[draw(Math.max(living.length, 1))];
      try {
        if (url !== undefined) await sendOne(url);
      } catch (error) {
        if (error instanceof UnexpectedAnswer) throw error;
        unanswered += 1;
      }
      await pause(pauseMs);
    }
  }

  const working = Promise.all(Array.from({ length: clients }, work));
  // `more` and `stop` reject with the error; perhaps neither is waiting now.
  working.catch(() => {
    stopped = true;
  });
  return {
    accepted,
    unanswered: () => unanswered,
    async more(messages) {
      const enough = new Promise<void>((resolve) =>
        waiting.push({ from: accepted.length + messages, resolve }),
      );
      await Promise.race([enough, working]);
    },
    async stop() {
      stopped = true;
      await working;
    },
  };
}

class UnexpectedAnswer extends Error {}
