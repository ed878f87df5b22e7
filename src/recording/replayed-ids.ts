// Ids and telephone numbers of a recording, and those that stand in their place when it is replayed elsewhere. Pure.

/** Ids, account ids, and runs of digits as long as telephone numbers and the ids of applications. */
const idPattern =
  /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[MS]A[A-Z0-9]{18}\b|(?<![\w.])\d{7,20}(?![\w.])/gi;

export interface ReplayedIds {
  /** Returns a text with the ids of the replay in place of the recorded ones. An id that was never learned stays, from then on. */
  apply(text: string): string;
  /** Learns that one recorded value is another in the replay: their ids, in order. The first that is learned counts. */
  learn(recorded: string, replayed: string): void;
  /** Takes the ids in a text for ones that the recording brings with it. */
  know(text: string): void;
  /** Returns the ids in a text that are not known. */
  unknownIn(text: string): string[];
}

/** Makes the ids of one replay. */
export function makeReplayedIds(): ReplayedIds {
  const replayedOf = new Map<string, string>();
  const taken = new Set<string>();
  const known = new Set<string>();
  const pair = (recorded: string, replayed: string) => {
    replayedOf.set(recorded, replayed);
    taken.add(replayed);
    return replayed;
  };
  return {
    apply: (text) => text.replace(idPattern, (id) => replayedOf.get(id) ?? pair(id, id)),
    learn(recorded, replayed) {
      const [ours, theirs] = [idsIn(recorded), idsIn(replayed)];
      if (ours.length !== theirs.length) return;
      ours.forEach((id, index) => {
        const other = theirs[index];
        if (other !== undefined && !replayedOf.has(id) && !taken.has(other)) pair(id, other);
      });
    },
    know(text) {
      for (const id of idsIn(text)) known.add(id);
    },
    unknownIn: (text) => idsIn(text).filter((id) => !known.has(id)),
  };
}

const idsIn = (text: string): string[] => text.match(idPattern) ?? [];
