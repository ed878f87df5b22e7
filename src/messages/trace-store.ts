// The trace contexts that messages carry through their queues, stored with them where tracing is on.
import type { TraceContext } from '../base/tracer.ts';
import type { Reader } from '../db/db.ts';

/** Returns the contexts in which messages were accepted, by message; those without one are left out. */
export async function loadTraces(
  db: Reader,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, TraceContext>> {
  const rows = await db.query<{ id: string; trace: TraceContext }>(
    `select id, details -> 'trace' as trace from messages where id = any($1::uuid[]) and details ? 'trace'`,
    [[...messageIds]],
  );
  return new Map(rows.map(({ id, trace }) => [id, trace]));
}
