// The definition of an endpoint: a description, the schemas of input and answers, and a handler. Independent of any framework.
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import type { TraceContext } from '../base/tracer.ts';
import type { Db } from '../db/db.ts';
import type { BodyContent } from './body.ts';
import type { EventStream, EventStreamSchema } from './event-stream.ts';
import type { FileField, ReceivedFile } from './multipart.ts';
import { parameterReader, schemaCheck } from './parameters.ts';
import type { KeyRole, Role } from './role.ts';

/** The account that a request is about: the one in its path, which is the caller's own or its subaccount. */
export interface Scope {
  /** The account named in the path. */
  readonly accountId: string;
  /** Its main account; the same id when it is a main account. */
  readonly mainId: string;
  /** Set when the account in the path is a subaccount. */
  readonly subaccountId: string | undefined;
  /** The account of the credentials. */
  readonly callerId: string;
  /** The API key of the credentials; undefined for the auth token of the account, which may do everything. */
  readonly apiKey?: { readonly id: string; readonly role: KeyRole } | undefined;
  /** ISO 3166-1 code of the country whose national numbers requests of the account may contain. */
  readonly defaultCountry?: string | undefined;
  /** Set where the caller was recognised from memory: the token to confirm (`src/accounts/confirm-scopes.ts`). */
  readonly unconfirmed?: { readonly tokenDigest: Buffer };
}

/** Facts of a request that are known before its path and parameters are read. */
interface RequestFacts {
  readonly scope: Scope;
  /** Returns whether the credentials are still valid: for streams. Returns true while the database is unavailable; never fails. */
  readonly isStillAuthorised: () => Promise<boolean>;
  /** Counts this request as so many more, where requests are limited. */
  readonly countMore: (more: number) => Promise<void>;
  readonly db: Db;
  readonly now: Date;
  readonly newId: () => string;
  /** The `api_id` of the answer. */
  readonly apiId: string;
  /** Header `Last-Event-ID`: present when the client had a stream before. */
  readonly lastEventId: string | undefined;
  /** Address of the client. */
  readonly requesterIp: string;
  /** Of this request, where tracing is on. */
  readonly trace?: TraceContext | undefined;
}

/** The facts of a request that a handler gets. The parts of the server are a second argument. */
interface ApiRequest<Path, Input> extends RequestFacts {
  readonly path: Path;
  readonly input: Input;
  /** The files that the endpoint takes (`files`), in order. */
  readonly files: readonly ReceivedFile[];
}

/** A request whose path and parameters are not checked yet. */
export interface UncheckedRequest extends RequestFacts {
  readonly segments: Readonly<Record<string, string>>;
  readonly content: BodyContent;
}

/**
 * Checks a request against the schemas of its endpoint and calls the handler.
 * @throws ApiError notFound for a path that does not fit, invalid for parameters that do not fit, and the errors of the
 *   handler.
 */
export type HandleRequest = (request: UncheckedRequest) => Promise<Answer>;

/** Status and body; the request pipeline adds `api_id`. Without a body an empty one is sent, unless there is a stream. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly stream?: EventStream;
  /** For the audit log: what reading showed before the change, where the endpoint tells it (`tellsBefore`). */
  readonly before?: object | undefined;
  /** As `before`: what reading shows after the change, where the body does not. */
  readonly after?: object | undefined;
}

/** Success status → schema of the body, `null` for an empty one, or the events of a stream. */
type AnswerSchemas = Readonly<Record<number, TSchema | EventStreamSchema | null>>;

interface EndpointDescription<Path extends TObject, Input extends TObject, Parts> {
  /** A few words for the reference, in the imperative. */
  readonly summary: string;
  /** Longer explanation, Markdown. */
  readonly description?: string;
  /** True for endpoints that the vendor does not have. */
  readonly extension?: boolean;
  /** Path segments; one that does not fit means a resource that does not exist (404). */
  readonly path?: Path;
  /** Parameters: of the query on GET, of the query and the body (which wins) on POST and DELETE. */
  readonly input?: Input;
  /** Files of the body, at least one, as `multipart/form-data`; for POST. */
  readonly files?: FileField;
  /** True for work outside of the database, which cannot be a part of a transaction: an `Idempotency-Key` is ignored. */
  readonly outsideDatabase?: boolean;
  /**
   * True where the transaction of the handler confirms the scope: callers are then recognised from memory, without a query of
   * their own.
   */
  readonly confirmsScope?: boolean;
  /** True for reads of what grows by itself, which may be answered from a replica and so lag: never one that a client's next step rests on. */
  readonly mayLag?: boolean;
  /** The role that is needed; without one `read_only` on GET, else `operator`. */
  readonly role?: Role;
  /** Added to the body of error responses, where an SDK reads it before it checks the status. */
  readonly errorBody?: object;
  /** True for changes that are not watched, and for those that are announced by the code that makes them. */
  readonly announcesItself?: boolean;
  /**
   * True for changes that know what was there before them, in the shape that reading shows, and answer in it what is there after them, in the
   * body or beside it: the audit log reads neither again.
   */
  readonly tellsBefore?: boolean;
  /** True where the log of requests has refusals alone: what was accepted is in a list of its own, or is of no interest. */
  readonly logsRefusalsOnly?: boolean;
  /** True for changes that go on when a part of them has failed. */
  readonly partsMayFail?: boolean;
  readonly answers: AnswerSchemas;
  /** Handles a request with `parts`: the parts of the server that the endpoint names. */
  readonly handle: (request: ApiRequest<Static<Path>, Static<Input>>, parts: Parts) => Promise<Answer>;
}

/** An endpoint that needs `Parts` of the server. */
export interface Endpoint<in Parts = never> {
  readonly summary: string;
  readonly description: string | undefined;
  readonly extension: boolean;
  readonly path: TObject;
  readonly input: TObject;
  readonly files: FileField | undefined;
  readonly outsideDatabase: boolean;
  readonly confirmsScope: boolean;
  readonly mayLag: boolean;
  readonly role: Role | undefined;
  readonly errorBody: object | undefined;
  readonly announcesItself: boolean;
  readonly tellsBefore: boolean;
  readonly logsRefusalsOnly: boolean;
  readonly partsMayFail: boolean;
  readonly answers: AnswerSchemas;
  /** Gives the handler its schemas and its parts, once for all requests. */
  readonly prepare: (parts: Parts) => HandleRequest;
}

/** Returns whether the endpoint answers with a stream. */
export function isStream({ answers }: Pick<Endpoint, 'answers'>): boolean {
  return Object.values(answers).some((answer) => answer !== null && 'events' in answer);
}

/** Returns an endpoint with defaults filled in; the compiler checks the handler against the schemas. */
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
    mayLag: description.mayLag ?? false,
    role: description.role,
    errorBody: description.errorBody,
    announcesItself: description.announcesItself ?? false,
    tellsBefore: description.tellsBefore ?? false,
    logsRefusalsOnly: description.logsRefusalsOnly ?? false,
    partsMayFail: description.partsMayFail ?? false,
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
