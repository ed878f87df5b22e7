// How calls get into the queue: stored with the change that they are about, and started by this process as soon as that is durable.
import { storableText } from '../base/storable-text.ts';
import type { Transaction } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { writeForm } from './form.ts';
import { announceWebhooks, hostOf, type LeasedWebhook, type NewWebhook } from './webhook.ts';

/** A call without its lease. */
type UnleasedWebhook = Omit<LeasedWebhook, 'leasedUntil'>;

/** Makes calls in this process. */
export interface CallStarter {
  /** Returns until when each call is leased to this process if it is stored now; `undefined` for one that any process may lease later. */
  lease(calls: readonly UnleasedWebhook[]): readonly (Date | undefined)[];
  /** Starts calls that were leased and are durable by now. */
  start(calls: readonly LeasedWebhook[]): void;
}

const insertSql = `
  insert into webhook_calls
    (id, account_id, main_id, message_id, kind, url, host, method, form, is_private, created_at, outcome, next_at,
     leased_until)
  select id, account_id, main_id, message_id, kind, url, host, method, form, is_private, $11::timestamptz, 'pending',
    $11, leased_until
  from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::boolean[], $12::timestamptz[])
    as calls (id, account_id, main_id, message_id, kind, url, host, method, form, is_private, leased_until)`;

/** Stores calls. Those that the worker of this process has slots for are stored leased to it, so that no query has to fetch them. */
export class CallbackQueue {
  readonly #notifier: Notifier;
  #starter: CallStarter | undefined;

  constructor(notifier: Notifier) {
    this.#notifier = notifier;
  }

  /** Adds the worker of this process, which starts calls. Returns a function that removes it. */
  startBy(starter: CallStarter): () => void {
    this.#starter = starter;
    return () => {
      if (this.#starter === starter) this.#starter = undefined;
    };
  }

  /**
   * Stores calls, due at `now`, in the transaction of the change that they are about. Once that is durable, those that are leased to
   * this process are started, and the workers of all processes are woken for the others.
   */
  add(tx: Transaction, calls: readonly NewWebhook[], now: Date): void {
    if (calls.length === 0) return;
    const starter = this.#starter;
    const stored = calls.map(unleased);
    const leases = starter?.lease(stored) ?? stored.map(() => undefined);
    tx.send(insertSql, [
      stored.map(({ id }) => id),
      stored.map(({ accountId }) => accountId),
      stored.map(({ mainId }) => mainId),
      stored.map(({ messageId }) => messageId ?? null),
      stored.map(({ kind }) => kind),
      stored.map(({ url }) => url),
      stored.map(({ host }) => host),
      stored.map(({ method }) => method),
      stored.map(({ form }) => form),
      stored.map(({ isPrivate }) => isPrivate),
      now,
      leases.map((leasedUntil) => leasedUntil ?? null),
    ]);
    tx.afterCommit(() => {
      const leased = stored.flatMap((call, index): LeasedWebhook[] => {
        const leasedUntil = leases[index];
        return leasedUntil === undefined ? [] : [{ leasedUntil, ...call }];
      });
      if (leased.length > 0) starter?.start(leased);
      if (leased.length < stored.length) this.#notifier.emit('webhooks');
      announceWebhooks(stored, this.#notifier);
    });
  }
}

/** Returns a call as it is stored, but for its lease. Without a spread: it is what every message passes (ARCHITECTURE.md). */
const unleased = (call: NewWebhook): UnleasedWebhook => ({
  id: call.id,
  accountId: call.accountId,
  mainId: call.mainId,
  messageId: call.messageId,
  kind: call.kind,
  url: call.url,
  host: hostOf(call.url),
  method: call.method,
  form: writeForm(call.parameters.map(([name, value]) => [name, storableText(value)])),
  isPrivate: call.isPrivate,
  attempts: 0,
});
