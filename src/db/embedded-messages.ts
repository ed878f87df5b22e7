// What the embedded database's thread and its owner say to each other.

/** What the thread is started with. */
export interface EmbeddedSettings {
  /** The folder of the database's files; without one it lives in memory. */
  directory: string | undefined;
  /** A `.tar.gz` of a prepared database to begin from, if there is one. */
  templatePath: string | undefined;
}

/** Each request is answered by exactly one `Answer`, in order. */
export type Request =
  /** A new connection begins: forget the session of the last one. */
  | { kind: 'connect' }
  /** Whole messages of PostgreSQL's protocol. */
  | { kind: 'query'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'countSyncs' }
  /** Give the whole database as a `.tar.gz`. */
  | { kind: 'dump' }
  | { kind: 'close' };

export type Answer =
  | { kind: 'done' }
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'syncs'; count: number }
  /** The database cannot go on, or could not be opened; nothing follows. */
  | { kind: 'failed'; sentence: string };
