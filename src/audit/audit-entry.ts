// An entry of the audit log: one change, who made it, and the state around it. Pure.
import type { Caller } from './caller.ts';

export interface AuditEntry {
  /** Of a request, its `api_id`. */
  readonly id: string;
  /** The main account. */
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly at: Date;
  readonly caller: Caller;
  /** Address of the client; undefined for the command line. */
  readonly address: string | undefined;
  readonly method: string;
  /** Below the account, such as `Powerpack/…/`; of the command line, the command. */
  readonly path: string;
  /** JSON as the API shows it, without secrets; undefined where there was nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** An entry as the log shows it. */
export interface ListedEntry extends Omit<AuditEntry, 'accountId' | 'before' | 'after'> {
  /** Of an API key, its name when it made the change. */
  readonly callerName: string | undefined;
  readonly before: object | undefined;
  readonly after: object | undefined;
}
