// A carrier that is asked over HTTP: each message is a request, written and understood as the carrier's entry says.
import { NotNow } from '../../base/errors.ts';
import type { RandomBytes } from '../../base/id.ts';
import type { Logger } from '../../base/logger.ts';
import type { Timers } from '../../base/timers.ts';
import type { Service } from '../../telecom/service.ts';
import type { Carrier, CarrierEvents, CarrierStatus, DeliveryReport, Submission, Taken } from '../carrier.ts';
import { Pace } from '../pace.ts';
import { aloneRetryMs, RepeatedRefusals } from '../repeated-refusals.ts';
import { SubmitError, type SubmitFailure, submitFailures } from '../submit-error.ts';
import { Tally } from '../tally.ts';
import type { HttpConfig, WebhookAnswer } from './config.ts';
import { type Download, type FetchFiles, makeFetchFiles } from './fetch-files.ts';
import {
  HttpWebhooks,
  type WebhookMistake,
  type WebhookRefusal,
  type WebhookRequest,
} from './http-webhooks.ts';
import { LinkState } from './link-state.ts';
import { messageValues } from './message-values.ts';
import { type CarrierAnswer, readAnswer } from './read-answer.ts';
import { secretValues, type Values } from './template.ts';
import type { SignPlivo } from './verify.ts';
import { makeWebhookUrls, type WebhookUrls } from './webhook-urls.ts';
import { type CarrierRequest, writeRequest } from './write-request.ts';

/** The result of a request: an answer, or one short sentence on why there is none. */
type CarrierResult =
  | { readonly answer: CarrierAnswer }
  | {
      readonly error: string;
      readonly isTimeout: boolean;
      /** Whether any of the request may have gone out. */
      readonly wasSent: boolean;
    };

/** The HTTP client for one carrier; its time limit and its connections are as the entry says. */
export interface CarrierHttpClient {
  /** Sends a request. Never rejects, follows no redirect. */
  send(request: CarrierRequest): Promise<CarrierResult>;
  /** Does the same for a file. */
  readonly download: Download;
  /** Ends the connections; what is still under way fails. */
  close(): Promise<void>;
}

export interface HttpCarrierParts {
  readonly client: CarrierHttpClient;
  /** The real ones: the network knows of no other time. */
  readonly timers: Timers;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
  /** In the URLs of this carrier's webhooks. */
  readonly pathSecret: string;
  /** How carriers reach this server, without a slash at the end. */
  readonly publicUrl: () => string;
  readonly signPlivo: SignPlivo;
}

/** Names of the counts: failures, webhooks, and the contents of webhooks. */
type Counted =
  | 'submitted'
  | SubmitFailure
  | `reports ${DeliveryReport['outcome']}`
  | 'messages in'
  | 'messages for unknown numbers'
  | 'messages for other carriers'
  | 'webhooks refused'
  | 'webhooks unreadable';

/** How long a stop waits for requests under way. */
const stopMs = 5000;

/** Failures that say how the link is; the others are answers to one message. */
const linkFailures: readonly SubmitFailure[] = ['disconnected', 'lostInFlight', 'unanswered'];
const refusals: readonly SubmitFailure[] = ['misconfigured', 'noCredit'];

/** Asks one carrier over HTTP, and takes its webhooks. */
export class HttpCarrier implements Carrier {
  readonly name: string;
  readonly services: readonly Service[];
  readonly #config: HttpConfig;
  readonly #parts: HttpCarrierParts;
  readonly #pace: Pace;
  readonly #refusals = new RepeatedRefusals();
  readonly #link = new LinkState();
  readonly #secrets: Values;
  readonly #urls: WebhookUrls;
  readonly #webhooks: HttpWebhooks;
  readonly #fetchFiles: FetchFiles;
  readonly #tally: Tally<Counted>;
  #events: CarrierEvents | undefined;
  #underWay = 0;
  #isDraining = false;
  #isRefused = false;
  #stopping: Promise<void> | undefined;
  #ended = () => {};
  #cancelWake = () => {};

  constructor(config: HttpConfig, parts: HttpCarrierParts) {
    this.name = config.name;
    this.services = config.services;
    this.#config = config;
    this.#parts = parts;
    this.#pace = new Pace(config.rate, parts.timers.now());
    this.#tally = new Tally(parts.timers.now, parts.logger, config.name);
    this.#secrets = secretValues(config.secrets);
    const isInQuery = config.reports?.reference === 'query';
    this.#urls = makeWebhookUrls(parts.publicUrl, config.name, parts.pathSecret, isInQuery);
    this.#webhooks = new HttpWebhooks(config, parts);
    this.#fetchFiles = makeFetchFiles(config, this.#secrets, parts.client.download);
  }

  async start(events: CarrierEvents): Promise<void> {
    this.#events = events;
  }

  /** Returns the same room for every sender: free requests, segments of the rate, and the limit of the link. */
  room(): number {
    if (this.#events === undefined || this.#isDraining || this.#stopping !== undefined) return 0;
    const now = this.#parts.timers.now();
    const most = Math.min(this.#config.atOnce, this.#link.most(now.getTime()));
    const room = Math.min(most - this.#underWay, this.#pace.available(now));
    if (room <= 0) this.#wakeAt(Math.max(this.#link.backsOffUntilMs, this.#pace.nextAt(now).getTime()));
    return Math.max(room, 0);
  }

  async submit(submission: Submission, onWay = () => {}): Promise<Taken> {
    if (this.#events === undefined || this.#stopping !== undefined) {
      throw new SubmitError('disconnected', `the carrier ${this.name} has stopped`);
    }
    this.#underWay += 1;
    this.#pace.use(Math.max(submission.segments, 1), this.#parts.timers.now());
    onWay();
    try {
      const taken = await this.#ask(submission);
      this.#tally.count('submitted');
      this.#refusals.taken(submission.reference);
      this.#isRefused = false;
      this.#link.noteAnswer();
      this.#pace.goOn(this.#parts.timers.now());
      return taken;
    } catch (error) {
      if (!(error instanceof SubmitError)) throw error;
      this.#noteFailure(error);
      throw error.failure === 'throttled' ? this.#slowDown(error, submission) : error;
    } finally {
      const wasFull = this.room() === 0;
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#ended();
      if (wasFull && this.room() > 0) this.#events?.room();
    }
  }

  /**
   * Takes a webhook of the carrier. Resolves with what it is to be answered, once all that it says is durable, or with why it is refused.
   * @throws NotNow before the start and after the stop, and while a file that came with a message cannot be fetched.
   */
  async takeWebhook(request: WebhookRequest): Promise<WebhookAnswer | WebhookRefusal | WebhookMistake> {
    const events = this.#events;
    if (events === undefined || this.#stopping !== undefined) {
      throw new NotNow(`the carrier ${this.name} does not run at this moment`);
    }
    const content = this.#webhooks.read(request, this.#parts.timers.now());
    if ('refusal' in content) this.#tally.count('webhooks refused');
    if ('mistake' in content) this.#tally.count('webhooks unreadable');
    if (!('answer' in content)) return content;
    const { reports, messages, answer } = content;
    await Promise.all(reports.map((report) => events.report(report)));
    for (const message of messages) {
      const id = await events.receive(await this.#fetchFiles(message));
      this.#tally.count(id === undefined ? 'messages for unknown numbers' : 'messages in');
    }
    for (const { outcome } of reports) this.#tally.count(`reports ${outcome}`);
    return answer;
  }

  status(): CarrierStatus {
    return {
      state: this.#state(),
      room: this.room(),
      lastError: this.#tally.lastError,
      counts: this.#tally.counts,
      answers: this.#tally.answers,
      rate: this.#pace.rate,
      throttledMs: this.#pace.throttledMs,
    };
  }

  noteForeign(): void {
    this.#tally.count('messages for other carriers');
  }

  drain(): void {
    this.#isDraining = true;
  }

  resumeTaking(): void {
    this.#isDraining = false;
    this.#events?.room();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    this.#cancelWake();
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.#parts.timers.at(new Date(this.#nowMs() + stopMs), resolve);
        this.#ended = () => {
          cancel();
          resolve();
        };
      });
    }
    await this.#parts.client.close();
  }

  #nowMs(): number {
    return this.#parts.timers.now().getTime();
  }

  #state(): CarrierStatus['state'] {
    if (this.#events === undefined || this.#stopping !== undefined) return 'down';
    if (this.#isDraining) return 'draining';
    if (this.#isRefused) return 'refused';
    return this.#link.isDown() ? 'down' : 'up';
  }

  /** Sends the request of a message and returns what was taken, or throws a `SubmitError`. */
  async #ask(submission: Submission): Promise<Taken> {
    const result = await this.#parts.client.send(this.#write(submission));
    if (!('answer' in result)) throw this.#errorOf(result);
    const meaning = readAnswer(this.#config.answers, result.answer, this.#parts.timers.now());
    if ('taken' in meaning) return meaning.taken;
    const { failure, reason, retryAfterMs, takenInPart } = meaning;
    this.#tally.countAnswer(String(result.answer.status));
    throw new SubmitError(this.#known(failure, 'carrierFault'), reason, { retryAfterMs, taken: takenInPart });
  }

  #write(submission: Submission): CarrierRequest {
    const { send, name } = this.#config;
    const { reference, service } = submission;
    if (!this.services.includes(service))
      throw new SubmitError('noRoute', `the carrier ${name} takes no ${service}`);
    const { reportUrl, inboundUrl } = this.#urls;
    const urls = { reportUrl: reportUrl(reference), inboundUrl };
    const values = messageValues(submission, urls, this.#parts.timers.now());
    const template = service === 'mms' ? (send.mms ?? send.gsm7) : values.unicode ? send.ucs2 : send.gsm7;
    try {
      return writeRequest(template, { ...this.#secrets, ...values });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new SubmitError('invalidMessage', error.message);
    }
  }

  #errorOf({ error, isTimeout, wasSent }: Exclude<CarrierResult, { answer: unknown }>): SubmitError {
    if (!wasSent) return new SubmitError('disconnected', error);
    return new SubmitError(this.#known(isTimeout ? 'unanswered' : 'lostInFlight', 'disconnected'), error);
  }

  /** Returns a failure with a known outcome instead where the carrier recognises the request when it comes again. */
  #known(failure: SubmitFailure, instead: SubmitFailure): SubmitFailure {
    return this.#config.isIdempotent && submitFailures[failure].outcomeUnknown ? instead : failure;
  }

  /** Counts a failure. One that says something of the link or the account is seen in the status; the words about one message are not. */
  #noteFailure({ failure, message }: SubmitError): void {
    this.#tally.count(failure);
    if (submitFailures[failure].ofLink || failure === 'unanswered') this.#tally.failed(message);
    this.#isRefused = refusals.includes(failure);
    if (linkFailures.includes(failure)) this.#link.noteFailure(this.#nowMs());
    else this.#link.noteAnswer();
  }

  /** Returns the failure to report. Slows the account down, but not for one message that alone keeps being told so. */
  #slowDown(error: SubmitError, { reference }: Submission): SubmitError {
    const { message, retryAfterMs = 0 } = error;
    if (this.#refusals.refused(reference))
      return new SubmitError('throttled', message, { retryAfterMs: Math.max(retryAfterMs, aloneRetryMs) });
    const share = (this.#parts.randomBytes(1)[0] ?? 0) / 255;
    this.#pace.slowDown(this.#parts.timers.now(), share, retryAfterMs);
    return error;
  }

  /** Waits until that moment to tell that there is room again, instead of any moment before. */
  #wakeAt(atMs: number): void {
    this.#cancelWake();
    if (atMs <= this.#nowMs() || this.#stopping !== undefined) return;
    this.#cancelWake = this.#parts.timers.at(new Date(atMs), () => this.#events?.room());
  }
}
