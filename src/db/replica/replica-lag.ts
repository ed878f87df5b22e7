// How far a replica is behind the server that takes writes. Pure.

/** The answers of both servers. */
export interface LagSample {
  readonly at: Date;
  /** The replica's host. */
  readonly host: string;
  /** Whether the server asked follows another one. */
  readonly isStandby: boolean;
  /** Whether it had replayed all that had been written when the writable server was asked, just before. */
  readonly hasCaughtUp: boolean;
  /** How long ago what it replayed last was committed, by its clock; undefined where it has replayed nothing yet. */
  readonly replayedAgoMs: number | undefined;
}

/**
 * Returns how many milliseconds a replica is behind; undefined where it is no replica any more, and where nothing says. While nothing is
 * written, what was replayed last grows older without being out of date, so the last moment at which it had caught up counts as well.
 * @param caughtUpAt when it was last known to have caught up
 */
export function lagOf(
  { at, isStandby, hasCaughtUp, replayedAgoMs }: LagSample,
  caughtUpAt: Date | undefined,
): number | undefined {
  if (!isStandby) return undefined;
  if (hasCaughtUp) return 0;
  const known = [
    ...(replayedAgoMs === undefined ? [] : [Math.max(replayedAgoMs, 0)]),
    ...(caughtUpAt === undefined ? [] : [at.getTime() - caughtUpAt.getTime()]),
  ];
  return known.length === 0 ? undefined : Math.min(...known);
}
