// Warnings of callbacks that failed, so that a wrong URL is seen in the log and not only in the list of calls.
import { LRUCache } from 'lru-cache';
import type { Logger } from '../../base/logger.ts';
import type { Attempt } from '../attempt.ts';

/** A host that fails call after call is warned of so often. */
const againMs = 10_000;
/** So many hosts are remembered; of one that is forgotten the next failure is warned of at once. */
const maxHosts = 1000;

/** Warns of failed attempts: the first of a host at once, the next ones after a while and together. */
export class FailureWarnings {
  readonly #logger: Logger;
  /** When each host was warned of, and how many failures there were since. */
  readonly #hosts = new LRUCache<string, { readonly at: number; unsaid: number }>({ max: maxHosts });

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Logs an attempt if it failed, unless its host was warned of just before: by host, because the rest of a URL may be secret. */
  add({ call, outcome, nextAt, endedAt, record }: Attempt): void {
    if (outcome === 'delivered') return;
    const { host } = call;
    const before = this.#hosts.get(host);
    if (before !== undefined && endedAt.getTime() - before.at < againMs) {
      before.unsaid += 1;
      return;
    }
    this.#hosts.set(host, { at: endedAt.getTime(), unsaid: 0 });
    const others = before?.unsaid ?? 0;
    this.#logger.warn(
      {
        host,
        webhook: call.id,
        status: record.status ?? undefined,
        next_attempt: nextAt?.toISOString(),
        ...(others > 0 ? { others } : {}),
      },
      `a callback failed: ${record.error}`,
    );
  }
}
