// The messages between the embedded database's thread and its owner.

/** Settings that the thread starts with. */
export interface EmbeddedSettings {
  /** The folder of the database's files; without one it lives in memory. */
  directory: string | undefined;
  /** A `.tar.gz` of a prepared database to start from, if there is one. */
  templatePath: string | undefined;
}

/** Bytes with a buffer of their own, which can be transferred to another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Questions to the thread, and the type of each answer. */
export interface Answers {
  /** Begins a new connection: resets the session of the last one. */
  connect: undefined;
  /** Runs whole messages of PostgreSQL's protocol; the answer is in that protocol, too. */
  query: Bytes;
  /** How many times the disk was told to sync. */
  countSyncs: number;
  /** The whole database as a `.tar.gz`. */
  dump: Bytes;
  /** Completes a copy of the database's files (`CopyOrder`, as JSON); a sentence when it cannot. */
  completeCopy: string | undefined;
  close: undefined;
}

export type Question = keyof Answers;

export interface Request {
  question: Question;
  /** The messages of a `query`, the order of a `completeCopy`; empty otherwise. */
  bytes: Bytes;
}

/** The reply to a request: one each, in order. After `failure`, one sentence, nothing follows: the thread is ending. */
export type Reply = { answer: Answers[Question] } | { failure: string };

/** Which copy is to be completed: a folder, and since when files may have changed after they were copied. */
export interface CopyOrder {
  readonly to: string;
  readonly sinceMs: number;
}

/** Joins all parts into one array. */
export function joinBytes(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
