// A request as the log of requests has it. Pure.
import type { Caller } from '../caller.ts';

export interface LoggedRequest {
  /** The `api_id` of its answer. */
  readonly id: string;
  /** The account that its path names, or that of its credentials. */
  readonly accountId: string;
  readonly at: Date;
  readonly durationMs: number;
  /** Undefined where the credentials were refused, or not looked at. */
  readonly caller: Caller | undefined;
  /** Address of the client. */
  readonly address: string;
  /** Header `User-Agent`. */
  readonly client: string | undefined;
  readonly method: string;
  /** Below the account, such as `Powerpack/…/`, without the query. */
  readonly path: string;
  readonly status: number;
  /** JSON without secrets and texts; undefined where there were none. */
  readonly parameters: string | undefined;
  /** The body of the answer as JSON without secrets; undefined for one that was empty, and for what was read. */
  readonly answer: string | undefined;
}

/** A request as the log shows it. */
export interface ListedRequest extends Omit<LoggedRequest, 'accountId' | 'parameters' | 'answer'> {
  readonly subaccountId: string | undefined;
  /** Of an API key, its name when it made the request. */
  readonly callerName: string | undefined;
  readonly parameters: object | undefined;
  readonly answer: object | undefined;
}

/** Returns whether a request was a read that was answered: the least of what a log is asked for. */
export const isAnsweredRead = ({ method, status }: Pick<LoggedRequest, 'method' | 'status'>): boolean =>
  (method === 'GET' || method === 'HEAD') && status < 400;
