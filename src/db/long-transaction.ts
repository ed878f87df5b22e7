// A database opened for one long piece of work, such as a backup: one connection, no limits of time, and the schema as it is.
import type pg from 'pg';
import type { Db, Reader } from './db.ts';
import { openEmbedded } from './embedded.ts';
import { openPostgres } from './postgres.ts';

/** A transaction without limits of time. */
export interface LongTransaction extends Reader {
  /** Runs one or more statements whose results are not wanted. */
  run(statements: string): Promise<void>;
}

export interface LongDatabase {
  readonly engine: Db['engine'];
  /** For migrations, which take a connection of their own. */
  readonly pool: pg.Pool;
  /** Runs `work` once, on one snapshot: what others change meanwhile is not seen. Nothing of it remains when it fails. */
  transaction<Result>(
    access: 'read only' | 'read write',
    work: (tx: LongTransaction) => Promise<Result>,
  ): Promise<Result>;
  close(): Promise<void>;
}

interface LongDatabaseOptions {
  /** A PostgreSQL server; otherwise the embedded database of `dataDir`, which is made when there is none. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Called when the embedded database broke down or its directory was taken away. */
  readonly onFatal: (error: Error) => void;
}

/** Opens the database. Rejects with one clear sentence, also where another process has the embedded one open. */
export async function openLongDatabase(options: LongDatabaseOptions): Promise<LongDatabase> {
  const { databaseUrl, dataDir, onFatal } = options;
  if (databaseUrl === undefined) {
    const { pool, close } = await openEmbedded({ dataDir, templatePath: undefined, onFatal });
    return { engine: 'embedded', pool, transaction: transactionOn(pool), close };
  }
  const pool = await openPostgres({ databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
  return { engine: 'postgresql', pool, transaction: transactionOn(pool), close: () => pool.end() };
}

function transactionOn(pool: pg.Pool): LongDatabase['transaction'] {
  return async (access, work) => {
    const client = await pool.connect();
    try {
      await client.query(`begin isolation level repeatable read ${access};
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0`);
      const result = await work({
        query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
        run: async (statements) => void (await client.query(statements)),
      });
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // The transaction ends with its connection.
      client.release(true);
      throw error;
    }
  };
}
