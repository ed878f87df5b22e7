// What an endpoint is: a description, the schemas of what it takes and answers, and a handler. Free of any framework.
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import type { BodyContent } from './body.ts';
import type { EventStream, EventStreamSchema } from './event-stream.ts';
import type { FileField, ReceivedFile } from './multipart.ts';
import { parameterReader, schemaCheck } from './parameters.ts';

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

/** What is known of a request before its path and its parameters are read. */
export interface RequestFacts {
  readonly scope: Scope;
  /**
   * Whether the caller would be let in now as well: for answers that go on for long. True where nobody can say at the moment, since
   * the database is not available; never fails.
   */
  readonly isStillAuthorised: () => Promise<boolean>;
  /** Counts this request as so many more ones, where requests are limited. */
  readonly countMore: (more: number) => Promise<void>;
  readonly db: Db;
  readonly now: Date;
  readonly newId: () => string;
  /** Header `Last-Event-ID`: how far the client has read a stream before. */
  readonly lastEventId: string | undefined;
  /** Address of the client. */
  readonly requesterIp: string;
}

/** What a handler is given of a request. What else it works with are its parts. */
export interface ApiRequest<Path, Input> extends RequestFacts {
  readonly path: Path;
  readonly input: Input;
  /** Those that the endpoint takes (`files`), in the order in which they came. */
  readonly files: readonly ReceivedFile[];
}

/** A request whose path and parameters nobody has checked yet. */
export interface UncheckedRequest extends RequestFacts {
  readonly segments: Readonly<Record<string, string>>;
  readonly content: BodyContent;
}

/**
 * Checks a request against the schemas of its endpoint and has it handled.
 * @throws ApiError notFound for a path that does not fit, invalid for parameters that do not fit, and whatever the handler throws.
 */
export type HandleRequest = (request: UncheckedRequest) => Promise<Answer>;

/** Status and body; `api_id` is added by the request pipeline. A missing body is sent as no body at all, unless there is a stream instead. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly stream?: EventStream;
}

/** Success status → schema of the body, `null` for an empty one, or the events of a stream. */
export type AnswerSchemas = Readonly<Record<number, TSchema | EventStreamSchema | null>>;

export interface EndpointDescription<Path extends TObject, Input extends TObject, Parts> {
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
  /** True for a change of nothing that is watched, and for one that is announced where it happens. */
  readonly announcesItself?: boolean;
  readonly answers: AnswerSchemas;
  /** Answers a request with the help of `parts`: those parts of the server that it asks for by name. */
  readonly handle: (request: ApiRequest<Static<Path>, Static<Input>>, parts: Parts) => Promise<Answer>;
}

/** An endpoint that works with `Parts` of the server. */
export interface Endpoint<in Parts = never> {
  readonly summary: string;
  readonly description: string | undefined;
  readonly extension: boolean;
  readonly path: TObject;
  readonly input: TObject;
  readonly files: FileField | undefined;
  readonly outsideDatabase: boolean;
  readonly confirmsScope: boolean;
  readonly refusalBody: object | undefined;
  readonly announcesItself: boolean;
  readonly answers: AnswerSchemas;
  /** Compiles the schemas and gives the handler its parts, once for all requests. */
  readonly prepare: (parts: Parts) => HandleRequest;
}

/** Whether the endpoint's answer goes on until either side ends it. */
export function isStream({ answers }: Pick<Endpoint, 'answers'>): boolean {
  return Object.values(answers).some((answer) => answer !== null && 'events' in answer);
}

/** Fills in what a description leaves out, and lets the compiler tie the handler to the schemas. */
export function defineEndpoint<
  Path extends TObject = TObject,
  Input extends TObject = TObject,
  Parts = unknown,
>(description: EndpointDescription<Path, Input, Parts>): Endpoint<Parts> {
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
    announcesItself: description.announcesItself ?? false,
    answers: description.answers,
    prepare: (parts) => prepare(description, parts),
  };
}

function prepare<Path extends TObject, Input extends TObject, Parts>(
  { path, input, extension = false, handle }: EndpointDescription<Path, Input, Parts>,
  parts: Parts,
): HandleRequest {
  const isPath = schemaCheck(path ?? (Type.Object({}) as Path));
  const readInput = parameterReader(input ?? (Type.Object({}) as Input), { refusesUnknown: extension });
  return async ({ segments, content, ...facts }) => {
    if (!isPath(segments)) throw new ApiError('notFound');
    const { parameters, files } = content;
    return handle({ path: segments, input: readInput(parameters), files, ...facts }, parts);
  };
}
