// What the embedded database's thread and its owner say to each other.

/** What the thread is started with. */
export interface EmbeddedSettings {
  /** The folder of the database's files; without one it lives in memory. */
  directory: string | undefined;
  /** A `.tar.gz` of a prepared database to begin from, if there is one. */
  templatePath: string | undefined;
}

/** Bytes with a buffer of their own, which can be handed over to another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What the thread can be asked, and what it answers. */
export interface Answers {
  /** A new connection begins: forget the session of the last one. */
  connect: undefined;
  /** Whole messages of PostgreSQL's protocol, answered in the same language. */
  query: Bytes;
  /** How many times the disk was told to sync. */
  countSyncs: number;
  /** The whole database as a `.tar.gz`. */
  dump: Bytes;
  close: undefined;
}

export type Question = keyof Answers;

export interface Request {
  question: Question;
  /** The messages of a `query`; empty otherwise. */
  bytes: Bytes;
}

/** Each request gets one reply, in order. After `failure`, one sentence, nothing follows: the thread is ending. */
export type Reply = { answer: Answers[Question] } | { failure: string };

/** One array of all parts. */
export function joinBytes(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
