// Who lets others go first after a heavy batch, and for how long. Pure but for being changed.

/** Others count as there for so long after something light of theirs was written, in milliseconds. */
const presenceMs = 1000;

interface Part {
  readonly owner: string;
  readonly weight: number;
}

/**
 * Rests after heavy batches. A batch of a thousand takes so long that whoever comes meanwhile waits many times as long as alone. So an
 * owner whose part of a batch was heavy rests as long as that batch took, while there are others with light parts: theirs are at least
 * half of the time. Without others nobody rests. Moments and durations are milliseconds.
 */
export class Rests {
  readonly #fromWeight: number;
  readonly #restUntil = new Map<string, number>();
  /** When an owner last had a light part written. */
  readonly #lightAt = new Map<string, number>();

  /** @param fromWeight from what weight on a part is heavy. */
  constructor(fromWeight: number) {
    this.#fromWeight = fromWeight;
  }

  /** Notes a batch that was written between two moments. */
  note(batch: readonly Part[], startedAt: number, endedAt: number): void {
    for (const [owner, weight] of weightsByOwner(batch)) {
      if (weight < this.#fromWeight) this.#lightAt.set(owner, endedAt);
      else {
        this.#lightAt.delete(owner);
        this.#restUntil.set(owner, endedAt + (endedAt - startedAt));
      }
    }
    for (const [owner, at] of this.#lightAt) if (at < endedAt - presenceMs) this.#lightAt.delete(owner);
    for (const [owner, until] of this.#restUntil) if (until <= endedAt) this.#restUntil.delete(owner);
  }

  /** Returns how long an owner still rests at a moment; 0 when it may go. */
  restMs(owner: string, now: number): number {
    const until = this.#restUntil.get(owner);
    if (until === undefined || until <= now) return 0;
    for (const [other, at] of this.#lightAt)
      if (other !== owner && at >= now - presenceMs) return until - now;
    return 0;
  }
}

function weightsByOwner(batch: readonly Part[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { owner, weight } of batch) weights.set(owner, (weights.get(owner) ?? 0) + weight);
  return weights;
}
