// The server's side of carriers: what they report and receive goes into the database before they may acknowledge it.
import type { Settings } from '../base/config.ts';
import type { RandomBytes } from '../base/id.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Logger } from '../base/logger.ts';
import type { Timers } from '../base/timers.ts';
import type { CarrierEvents } from '../carriers/carrier.ts';
import { partOfMany } from '../carriers/inbound-part.ts';
import type { Db } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { type ReceiveParts, receiveMessage } from '../messages/inbound/receive-message.ts';
import { receivePart } from '../messages/inbound/receive-part.ts';
import { makeApplyReport, type ReportParts } from '../messages/report/apply-delivery-report.ts';
import { takeLateAnswer } from '../messages/report/settle-taken.ts';
import type { PoolCache } from '../powerpacks/selection/pool-cache.ts';
import type { CallbackQueue } from '../webhooks/callback-queue.ts';

interface CarrierEventsParts extends Pick<ReportParts, 'countReport' | 'tracer'> {
  readonly db: Db;
  /** For what comes in: it waits for none of the work behind the requests. */
  readonly inboundDb: Db;
  readonly timers: Timers;
  readonly inFlight: InFlightTracker;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly settings: Settings;
  readonly pools: PoolCache;
  readonly randomBytes: RandomBytes;
  readonly newId: () => string;
  readonly publicUrl: string;
  readonly routing: ReceiveParts['routing'];
  readonly noteForeign: ReceiveParts['noteForeign'];
  readonly logger: Logger;
}

/** Returns the function that makes the server's side of a carrier, by the carrier's name. */
export function makeCarrierEvents(parts: CarrierEventsParts): (carrier: string) => CarrierEvents {
  const applyReport = makeApplyReport(parts);
  const receiveParts = { ...parts, db: parts.inboundDb };
  return (carrier) => ({
    report: (report) => applyReport({ carrier, ...report }),
    receive(message) {
      const part = message.part && partOfMany(message.part);
      return part === undefined
        ? receiveMessage(receiveParts, { carrier, ...message })
        : receivePart(receiveParts, { carrier, ...message, part });
    },
    taken: (late) => takeLateAnswer(parts, { carrier, ...late }),
    room: () => parts.notifier.emitHere('queues', []),
  });
}
