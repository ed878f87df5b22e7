// The judgement of a soak: whether a server that has worked for hours is what it was after the first one (carriers.md section 6.4, 31). Pure.

/** The state of a server at one moment, after a garbage collection, with nothing under way. */
export interface Sample {
  /** Since the start. */
  readonly minutes: number;
  readonly heapBytes: number;
  readonly timers: number;
  /** Of all emitters of events. */
  readonly listeners: number;
  /** Resources that keep Node's event loop running. */
  readonly handles: number;
  /** Files and sockets that the process has open. */
  readonly openFiles: number;
  /** Reports that wait for their message. */
  readonly unmatchedReports: number;
  /** Accepted messages whose customer knows no end of them. */
  readonly unfinished: number;
}

const counts = ['timers', 'listeners', 'handles', 'openFiles'] as const;

/** So many samples after the warm-up and before the end are compared: of the heap their medians, of the counts the least. */
export const samplesCompared = 5;
/** The heap may differ by this share. */
const heapTolerance = 0.1;
/** A count has grown that is larger by this share and so many more. */
const countTolerance = { share: 0.05, count: 5 };

/** Returns what is wrong, in a sentence each; nothing where the server has passed. */
export function judgeSoak(samples: readonly Sample[], warmUpMinutes: number): readonly string[] {
  const warm = samples.filter(({ minutes }) => minutes >= warmUpMinutes);
  const last = samples.at(-1);
  if (last === undefined || warm.length < 2 * samplesCompared) {
    return [`${warm.length} samples after the warm-up are too few: ${2 * samplesCompared} are needed`];
  }
  const [first, latest] = [warm.slice(0, samplesCompared), warm.slice(-samplesCompared)];
  const heapOf = (some: readonly Sample[]) => median(some.map((one) => one.heapBytes));
  const [heapBefore, heapAfter] = [heapOf(first), heapOf(latest)];
  const breaches: string[] = [];
  if (Math.abs(heapAfter - heapBefore) > heapTolerance * heapBefore)
    breaches.push(`the heap went from ${megabytes(heapBefore)} to ${megabytes(heapAfter)}`);
  for (const name of counts) {
    // A connection that is open for a while has 30 listeners, and comes and goes; what leaks is in each sample.
    const least = (some: readonly Sample[]) => Math.min(...some.map((one) => one[name]));
    const [before, after] = [least(first), least(latest)];
    if (after > before * (1 + countTolerance.share) + countTolerance.count)
      breaches.push(`${name} went from ${before} to ${after}`);
  }
  if (last.unmatchedReports > 0)
    breaches.push(`${last.unmatchedReports} reports wait for their message at the end`);
  if (last.unfinished > 0) breaches.push(`${last.unfinished} messages have no end that their customer knows`);
  return breaches;
}

/** Returns a size in words. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
