// A carrier's webhooks: checked by address, secret and proof, in this order, and then read. Pure.
import { isIPv4 } from 'node:net';
import type { DeliveryReport, InboundMessage } from '../carrier.ts';
import type { HttpConfig, WebhookAnswer } from './config.ts';
import { readInbound, readReports, UnreadableWebhook } from './read-webhook.ts';
import { makeSource } from './reading.ts';
import { isEqual } from './signed-webhook.ts';
import { isGenuine, type SignPlivo } from './verify.ts';

/** A request at a carrier's webhook URL. */
export interface WebhookRequest {
  readonly kind: 'report' | 'inbound';
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  /** The secret in the path. */
  readonly pathSecret: string;
  /** Our reference in the path of a report URL. */
  readonly reference: string | undefined;
  /** Names are in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Of the client; behind trusted proxies of theirs. */
  readonly address: string;
}

/** The contents of a webhook. */
interface WebhookContent {
  readonly reports: readonly DeliveryReport[];
  readonly messages: readonly InboundMessage[];
  /** The answer, for when all of that is durable. */
  readonly answer: WebhookAnswer;
}

/** Why a webhook is refused, for the log. */
export interface WebhookRefusal {
  readonly refusal: 'address' | 'secret' | 'proof';
}

/** It is the carrier's, and it cannot be read: the sentence is for the carrier's log. */
export interface WebhookMistake {
  readonly mistake: string;
}

interface HttpWebhooksParts {
  readonly pathSecret: string;
  /** How carriers reach this server, without a slash at the end: their signatures cover the URL. */
  readonly publicUrl: () => string;
  readonly signPlivo: SignPlivo;
}

/** Reads webhooks of one carrier. */
export class HttpWebhooks {
  readonly #config: HttpConfig;
  readonly #parts: HttpWebhooksParts;

  constructor(config: HttpConfig, parts: HttpWebhooksParts) {
    this.#config = config;
    this.#parts = parts;
  }

  /** Returns what a webhook says, or why it is refused. */
  read(request: WebhookRequest, now: Date): WebhookContent | WebhookRefusal | WebhookMistake {
    const { allow, verify, reports, inbound, answer } = this.#config;
    const { kind, method, target, headers, body } = request;
    if (allow !== undefined && !isAllowed(allow, request.address)) return { refusal: 'address' };
    if (!isEqual(request.pathSecret, this.#parts.pathSecret)) return { refusal: 'secret' };
    const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
    const source = makeSource(headers, query, body.toString('utf8'));
    const signed = { method, url: `${this.#parts.publicUrl()}${target}`, headers, raw: body, source };
    if (verify !== undefined && !isGenuine(verify, signed, this.#parts.signPlivo, now))
      return { refusal: 'proof' };
    try {
      return {
        reports:
          kind === 'report' && reports !== undefined
            ? readReports(reports, source, request.reference, now)
            : [],
        messages: kind === 'inbound' && inbound !== undefined ? readInbound(inbound, source) : [],
        answer,
      };
    } catch (error) {
      if (!(error instanceof UnreadableWebhook)) throw error;
      return { mistake: error.message };
    }
  }
}

/** Returns whether an address is in the list. An IPv4 address that came over a socket of IPv6 counts as IPv4. */
function isAllowed(allow: NonNullable<HttpConfig['allow']>, address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return allow.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6');
}
