// Why one of equal members is the least busy, in words: which of the rule's three steps told them apart. Pure.
import type { Busyness } from './candidate.ts';

/** Returns why a member was chosen of itself and others that are equal by every other rule. */
export function whyLeastBusy(chosen: Busyness, equals: readonly Busyness[], nowMs: number): string {
  const together = equals.filter((other) => waitOf(other, nowMs) === waitOf(chosen, nowMs));
  if (together.length === 0) return 'of equal members it is free first';
  const isFree = waitOf(chosen, nowMs) === 0;
  const when = isFree ? 'are free now' : 'are free first';
  const tied = together.filter(({ segmentsToday }) => segmentsToday === chosen.segmentsToday);
  const sent = segments(chosen.segmentsToday);
  return tied.length === 0
    ? `of the equal members that ${when} it has sent least today: ${sent}`
    : `of the equal members that ${when} and have sent ${sent} today it has the lowest number`;
}

/** Returns why a member that is equal by every other rule was not chosen. */
export function whyBusier(other: Busyness, chosen: Busyness, nowMs: number): string {
  const laterMs = waitOf(other, nowMs) - waitOf(chosen, nowMs);
  if (laterMs > 0) return `the sender is free ${(laterMs / 1000).toFixed(1)} s earlier`;
  if (other.segmentsToday === chosen.segmentsToday) return 'the sender has the lower number';
  return `the sender has sent less today: ${segments(chosen.segmentsToday)}, not ${other.segmentsToday}`;
}

const waitOf = ({ freeAtMs }: Busyness, nowMs: number): number => Math.max(0, freeAtMs - nowMs);
const segments = (count: number): string => (count === 1 ? '1 segment' : `${count} segments`);
