// SQL of the outcomes of a sender queue's messages, hour by hour, by which a sender's health is measured.
import type { Transaction } from '../../db/db.ts';
import { queueOfSender } from '../../powerpacks/queue-name.ts';
import type { Message } from '../message.ts';

const hourMs = 3600 * 1000;

const countSql = `
  insert into sender_hours (queue, hour, finished, delivered)
  select queue, hour, finished, delivered
  from unnest($1::text[], $2::timestamptz[], $3::integer[], $4::integer[]) as counts (queue, hour, finished, delivered)
  on conflict (queue, hour) do update set
    finished = sender_hours.finished + excluded.finished, delivered = sender_hours.delivered + excluded.delivered`;

/** Counts what carriers have finished, by the sender queue of its sender and the hour, for the health of the sender. */
export function countFinished(tx: Transaction, messages: readonly Message[]): void {
  const counts = new Map<string, { queue: string; hour: Date; finished: number; delivered: number }>();
  for (const message of messages) {
    // What never reached a carrier says nothing about the number.
    if (message.direction === 'inbound' || message.sentAt === undefined || message.finishedAt === undefined)
      continue;
    const hour = new Date(Math.floor(message.finishedAt.getTime() / hourMs) * hourMs);
    const queue = queueOfSender(message);
    const key = `${queue} ${hour.getTime()}`;
    const count = counts.get(key) ?? { queue, hour, finished: 0, delivered: 0 };
    count.finished += 1;
    if (message.status === 'delivered') count.delivered += 1;
    counts.set(key, count);
  }
  if (counts.size === 0) return;
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  tx.send(countSql, [
    sorted.map(({ queue }) => queue),
    sorted.map(({ hour }) => hour),
    sorted.map(({ finished }) => finished),
    sorted.map(({ delivered }) => delivered),
  ]);
}
