// SQL of what became of a lane's messages, hour by hour: what a sender's health is judged by.
import type { Transaction } from '../../db/db.ts';
import { laneOfSender } from '../../powerpacks/lane.ts';
import type { Message } from '../message.ts';

const hourMs = 3600 * 1000;

const countSql = `
  insert into lane_hours (lane, hour, finished, delivered)
  select lane, hour, finished, delivered
  from unnest($1::text[], $2::timestamptz[], $3::integer[], $4::integer[]) as counts (lane, hour, finished, delivered)
  on conflict (lane, hour) do update set
    finished = lane_hours.finished + excluded.finished, delivered = lane_hours.delivered + excluded.delivered`;

/** Counts what carriers have finished, by the lane of its sender and the hour, for the health of the sender. */
export function countFinished(tx: Transaction, messages: readonly Message[]): void {
  const counts = new Map<string, { lane: string; hour: Date; finished: number; delivered: number }>();
  for (const message of messages) {
    // What never reached a carrier says nothing about the number.
    if (message.direction === 'inbound' || message.sentAt === undefined || message.finishedAt === undefined)
      continue;
    const hour = new Date(Math.floor(message.finishedAt.getTime() / hourMs) * hourMs);
    const lane = laneOfSender(message);
    const key = `${lane} ${hour.getTime()}`;
    const count = counts.get(key) ?? { lane, hour, finished: 0, delivered: 0 };
    count.finished += 1;
    if (message.status === 'delivered') count.delivered += 1;
    counts.set(key, count);
  }
  if (counts.size === 0) return;
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  tx.send(countSql, [
    sorted.map(({ lane }) => lane),
    sorted.map(({ hour }) => hour),
    sorted.map(({ finished }) => finished),
    sorted.map(({ delivered }) => delivered),
  ]);
}
