// The pages beside the API: the type of a page, and those for supervisors: health, readiness, metrics.
import type { Db } from '../db/db.ts';
import type { ReadReplica } from '../db/replica/read-replica.ts';
import type { Metrics } from './metrics.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A resource that everyone may read with GET, without credentials. */
export interface Page {
  /** `:name` is a segment that `answer` gets. */
  readonly path: string;
  readonly answer: (segments: Readonly<Record<string, string>>, reader: PageReader) => Promise<PageAnswer>;
}

/** The client that reads a page. */
interface PageReader {
  readonly takesGzip: boolean;
  /** Whether it asks for HTML, as browsers do. */
  readonly wantsHtml: boolean;
  /** The address by which it has reached this server: scheme, host, port. */
  readonly origin: string | undefined;
}

/** A webhook as received: the machine that made it proves by itself who it is. */
export interface IncomingWebhook {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** Names are in small letters; values of a header that came several times are joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Address of the client. */
  readonly address: string;
}

/** A page that other machines call with GET or POST, outside of the API and without an account. */
export interface WebhookPage {
  /** `:name` is a segment that `answer` is given. */
  readonly path: string;
  readonly bodyLimitBytes: number;
  readonly answer: (
    segments: Readonly<Record<string, string | undefined>>,
    webhook: IncomingWebhook,
  ) => Promise<PageAnswer>;
}

/** For every page that a browser shows: its content type counts, and no Referer is sent from it. */
export const pageGuards = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const json = (status: number, body: object): PageAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/**
 * Returns the pages for supervisors: `/healthz` means that the process lives, `/readyz` that it can serve. Both are open to
 * everyone, and a check takes milliseconds of the database: requests meanwhile share its result. A replica that is not used makes no process
 * unready.
 */
export function healthPages(
  db: Db,
  replica: Pick<ReadReplica, 'state'> | undefined,
  isStopping: () => boolean,
): Page[] {
  let looking: Promise<PageAnswer> | undefined;
  return [
    { path: '/healthz', answer: async () => json(200, { status: 'ok' }) },
    {
      path: '/readyz',
      async answer() {
        if (isStopping()) return json(503, { status: 'stopping' });
        looking ??= readinessOf(db, replica).finally(() => {
          looking = undefined;
        });
        return looking;
      },
    },
  ];
}

async function readinessOf(db: Db, replica: Pick<ReadReplica, 'state'> | undefined): Promise<PageAnswer> {
  try {
    const [row] = await db.query<{ read_only: string }>(
      `select current_setting('transaction_read_only') as read_only`,
    );
    if (row?.read_only !== 'off') return json(503, { status: 'database is read-only' });
  } catch {
    return json(503, { status: 'database not available' });
  }
  try {
    await writeToDisk(db);
  } catch {
    return json(503, { status: 'database cannot write to its disk' });
  }
  if (replica === undefined) return json(200, { status: 'ready' });
  const { isUsed, lagMs } = replica.state;
  return json(200, { status: 'ready', read_replica: { used: isUsed, lag_ms: lagMs ?? null } });
}

/**
 * Writes half a megabyte to the disk of the database's data, in a file that is deleted at once: a full disk refuses that, as it
 * refuses changes, while reading still works. Sorting more than its memory holds writes such a file; no table is touched.
 */
async function writeToDisk(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(`select set_config('work_mem', '64kB', true)`);
    await tx.query(`select count(distinct n || repeat('x', 200)) from generate_series(1, 2000) as n`);
  });
}

/** Returns `/metrics`, in the text format of Prometheus. */
export function metricsPage(metrics: Metrics): Page {
  return {
    path: '/metrics',
    async answer() {
      const { text, contentType } = await metrics.expose();
      return { status: 200, headers: { 'content-type': contentType }, body: text };
    },
  };
}
