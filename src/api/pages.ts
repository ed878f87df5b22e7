// The pages beside the API: what a page is, and those for supervisors: health, readiness, metrics.
import type { Reader } from '../db/db.ts';
import type { Metrics } from './metrics.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Something that anybody may read with GET, without credentials. */
export interface Page {
  /** `:name` is a segment that `answer` is given. */
  readonly path: string;
  readonly answer: (
    segments: Readonly<Record<string, string>>,
    reader: { readonly takesGzip: boolean },
  ) => Promise<PageAnswer>;
}

/** For every page that a browser shows: it is what its type says, and says nobody where its reader came from. */
export const pageGuards = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const json = (status: number, body: object): PageAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Health for supervisors: `/healthz` says that the process lives, `/readyz` that it can serve. */
export function healthPages(db: Reader, isStopping: () => boolean): Page[] {
  return [
    { path: '/healthz', answer: async () => json(200, { status: 'ok' }) },
    {
      path: '/readyz',
      async answer() {
        if (isStopping()) return json(503, { status: 'stopping' });
        try {
          const [row] = await db.query<{ read_only: string }>(
            `select current_setting('transaction_read_only') as read_only`,
          );
          if (row?.read_only !== 'off') return json(503, { status: 'database is read-only' });
          return json(200, { status: 'ready' });
        } catch {
          return json(503, { status: 'database not available' });
        }
      },
    },
  ];
}

/** `/metrics`, in the text format of Prometheus. */
export function metricsPage(metrics: Metrics): Page {
  return {
    path: '/metrics',
    async answer() {
      const { text, contentType } = await metrics.expose();
      return { status: 200, headers: { 'content-type': contentType }, body: text };
    },
  };
}
