// The spans of reports: each in the trace of the message that it speaks of.
import type { Tracer } from '../../base/tracer.ts';
import type { Transaction } from '../../db/db.ts';
import { loadTraces } from '../trace-store.ts';
import type { CarrierReport, ReportedMessage } from './reported-message-store.ts';

/** Starts the spans of the reports whose messages are known; they end with the transaction. */
export async function traceReports(
  tracer: Tracer,
  tx: Transaction,
  reports: readonly CarrierReport[],
  found: readonly (ReportedMessage | undefined)[],
): Promise<void> {
  const traces = await loadTraces(
    tx,
    found.flatMap((message) => message?.id ?? []),
  );
  const spans = reports.flatMap(({ carrier, outcome }, index) => {
    const id = found[index]?.id;
    if (id === undefined) return [];
    const attributes = {
      'rucksack.message_uuid': id,
      'rucksack.carrier': carrier,
      'rucksack.outcome': outcome,
    };
    return [tracer.start('apply report', 'consumer', traces.get(id), attributes)];
  });
  tx.afterCommit(() => {
    for (const span of spans) span.end();
  });
}
