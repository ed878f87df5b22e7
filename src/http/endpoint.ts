// What an endpoint is: a description, the schemas of what it takes and answers, and a handler. Free of any framework.
import type { Static, TObject, TSchema } from 'typebox';
import { Type } from 'typebox';
import type { Activity } from '../base/activity.ts';
import type { Settings } from '../base/config.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Sealer } from '../base/seal.ts';
import type { Timers } from '../base/timers.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import type { Db } from '../db/db.ts';
import type { ChangeTopic } from '../events/account-change.ts';
import type { ChangeFeeds } from '../events/change-feeds.ts';
import type { Signals } from '../events/signals.ts';
import type { EventStream, EventStreamSchema } from './event-stream.ts';
import type { FileField, ReceivedFile } from './multipart.ts';

/** Whose resources a request is about: the account in its path, which is the caller's own or a subaccount of it. */
export interface Scope {
  /** The account named in the path. */
  readonly accountId: string;
  /** The main account that it belongs to; the same when it is a main account. */
  readonly mainId: string;
  /** Set when the account in the path is a subaccount. */
  readonly subaccountId: string | undefined;
  /** Who sent the credentials. */
  readonly callerId: string;
  /** ISO 3166-1 code of the country whose national numbers the account's requests may hold. */
  readonly defaultCountry?: string | undefined;
  /** Set where the caller was recognised from memory: what it takes to confirm them (`src/accounts/confirm-scopes.ts`). */
  readonly unconfirmed?: { readonly tokenDigest: Buffer };
}

/** What a handler is given. It takes from this what it needs, and no more. */
export interface ApiRequest<Path, Input> {
  readonly scope: Scope;
  /**
   * Whether the caller would be let in now as well: for answers that go on for long. True where nobody can say at the moment, since
   * the database is not available; never fails.
   */
  readonly isStillLetIn: () => Promise<boolean>;
  /** Counts this request as so many more ones, where requests are limited. */
  readonly countMore: (more: number) => Promise<void>;
  readonly path: Path;
  readonly input: Input;
  /** Those that the endpoint takes (`files`), in the order in which they came. */
  readonly files: readonly ReceivedFile[];
  readonly db: Db;
  readonly now: Date;
  /** The machine's own, which nobody turns. */
  readonly realTimers: Timers;
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
  readonly sealer: Sealer;
  readonly settings: Settings;
  /** How customers reach the server: the beginning of its URLs, without a slash at the end. */
  readonly publicUrl: string;
  /** Set where the simulator is the carrier. */
  readonly simulator: Simulator | undefined;
  /** Set where the API may turn the time. */
  readonly virtualClock: VirtualClock | undefined;
  /** What is under way in the background. */
  readonly activity: Activity;
  /** Hints that there is work. */
  readonly signals: Signals;
  /** What changes in accounts that are watched. */
  readonly changeFeeds: ChangeFeeds;
  /** Header `Last-Event-ID`: how far the client has read a stream before. */
  readonly lastEventId: string | undefined;
  /** Address of the client. */
  readonly requesterIp: string;
}

/** Status and body; `api_id` is added by the door. A missing body is sent as no body at all, unless there is a stream instead. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly stream?: EventStream;
}

/** Success status → schema of the body, `null` for an empty one, or the events of a stream. */
export type AnswerSchemas = Readonly<Record<number, TSchema | EventStreamSchema | null>>;

export interface EndpointDescription<Path extends TObject, Input extends TObject> {
  /** A few words for the reference, in the imperative. */
  readonly summary: string;
  /** Longer explanation, Markdown. */
  readonly description?: string;
  /** True for what the vendor does not have. */
  readonly extension?: boolean;
  /** Path segments; one that does not fit is a resource that does not exist (404). */
  readonly path?: Path;
  /** Parameters: of the query on GET, of the query and the body (which wins) on POST and DELETE. */
  readonly input?: Input;
  /** Files that the body must carry, at least one, as `multipart/form-data`; for POST. */
  readonly files?: FileField;
  /** True for what does more than work on the database, and so cannot be a part of a transaction: an `Idempotency-Key` means nothing to it. */
  readonly outsideDatabase?: boolean;
  /** True where the transaction of the handler confirms the scope: callers are then recognised from memory, without a query of their own. */
  readonly confirmsScope?: boolean;
  /** What refusals carry beside `error`, where an SDK reads it before it looks at the status. */
  readonly refusalBody?: object;
  /**
   * What has changed when a call has succeeded, where that is not what its resource says; empty for what changes nothing, and for
   * what is announced where it happens.
   */
  readonly announces?: readonly ChangeTopic[];
  readonly answers: AnswerSchemas;
  readonly handle: (request: ApiRequest<Static<Path>, Static<Input>>) => Promise<Answer>;
}

export interface Endpoint {
  readonly summary: string;
  readonly description: string | undefined;
  readonly extension: boolean;
  readonly path: TObject;
  readonly input: TObject;
  readonly files: FileField | undefined;
  readonly outsideDatabase: boolean;
  readonly confirmsScope: boolean;
  readonly refusalBody: object | undefined;
  readonly announces: readonly ChangeTopic[] | undefined;
  readonly answers: AnswerSchemas;
  readonly handle: (request: ApiRequest<never, never>) => Promise<Answer>;
}

/** Whether the endpoint's answer goes on until either side ends it. */
export function isStream({ answers }: Pick<Endpoint, 'answers'>): boolean {
  return Object.values(answers).some((answer) => answer !== null && 'events' in answer);
}

/** Fills in what a description leaves out, and lets the compiler tie the handler to the schemas. */
export function defineEndpoint<Path extends TObject = TObject, Input extends TObject = TObject>(
  description: EndpointDescription<Path, Input>,
): Endpoint {
  const none = Type.Object({});
  return {
    summary: description.summary,
    description: description.description,
    extension: description.extension ?? false,
    path: description.path ?? none,
    input: description.input ?? none,
    files: description.files,
    outsideDatabase: description.outsideDatabase ?? false,
    confirmsScope: description.confirmsScope ?? false,
    refusalBody: description.refusalBody,
    announces: description.announces,
    answers: description.answers,
    handle: description.handle as Endpoint['handle'],
  };
}
