// Holds owners back after a heavy batch, so that others go first. Pure but for its own contents.

/** How long another owner counts as present after a light part of a batch, in milliseconds. */
const presenceMs = 1000;

interface Part {
  readonly owner: string;
  readonly weight: number;
}

/**
 * Cool-downs after heavy batches. A batch of a thousand takes so long that others wait many times longer than alone. So an owner
 * whose part of a batch was heavy is held back as long as that batch took, while others with light parts are present: these get at
 * least half of the time. Without others no owner is held back. Times and durations are milliseconds.
 */
export class CoolDowns {
  readonly #fromWeight: number;
  readonly #coolsUntil = new Map<string, number>();
  /** When an owner last had a light part in a batch. */
  readonly #lightAt = new Map<string, number>();

  /** @param fromWeight the weight from which on a part is heavy. */
  constructor(fromWeight: number) {
    this.#fromWeight = fromWeight;
  }

  /** Records a batch that was written between two times. */
  record(batch: readonly Part[], startedAt: number, endedAt: number): void {
    for (const [owner, weight] of weightsByOwner(batch)) {
      if (weight < this.#fromWeight) this.#lightAt.set(owner, endedAt);
      else {
        this.#lightAt.delete(owner);
        this.#coolsUntil.set(owner, endedAt + (endedAt - startedAt));
      }
    }
    for (const [owner, at] of this.#lightAt) if (at < endedAt - presenceMs) this.#lightAt.delete(owner);
    for (const [owner, until] of this.#coolsUntil) if (until <= endedAt) this.#coolsUntil.delete(owner);
  }

  /** Returns how much longer an owner is held back; 0 when it may go. */
  coolDownMs(owner: string, now: number): number {
    const until = this.#coolsUntil.get(owner);
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
