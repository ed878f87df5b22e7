// The connections of a pool: how they plan, and how statements are sent on them.
import type pg from 'pg';
import { type ArrayElement, arrayText } from './array-text.ts';
import { ConnectionPlans } from './connection-plans.ts';
import type { Sharing } from './pooler.ts';
import { statementName } from './statement-name.ts';
import { DatabaseUnavailable, translateFailure } from './unavailable.ts';

export interface ConnectionOptions {
  /**
   * How long to wait for an answer before the server counts as gone and the connection is destroyed: the server's own limits
   * end slow work, but its answer may be lost in a broken network. Not set for the embedded database, which has no network.
   */
  readonly timeoutMs: number | undefined;
  /** With a pooler in transaction mode, each transaction sets the settings of a session. */
  readonly sharing: Sharing;
}

/**
 * Sends statements on connections of a pool. Each distinct SQL text becomes a named prepared statement, parsed once for each connection;
 * texts are constants of the program, so they are few.
 */
export class Connections {
  readonly sharing: Sharing;
  readonly #pool: pg.Pool;
  readonly #timeoutMs: number | undefined;
  readonly #statementNames = new Map<string, string>();
  readonly #plans = new ConnectionPlans<pg.PoolClient>();

  constructor(pool: pg.Pool, { timeoutMs, sharing }: ConnectionOptions) {
    this.#pool = pool;
    this.#timeoutMs = timeoutMs;
    this.sharing = sharing;
  }

  /** Returns a connection that plans as asked; the settings for it travel with the first query. */
  async connect(plansOnce = false): Promise<pg.PoolClient> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw new DatabaseUnavailable(error);
    });
    const settings = this.sharing === 'sessions' ? this.#plans.use(client, plansOnce) : undefined;
    // Only a lost connection makes this fail, and then the first query fails too.
    if (settings !== undefined) this.control(client, settings).catch(() => undefined);
    return client;
  }

  /** Runs a statement with its values; returns the rows. */
  async query<Row extends object>(
    client: pg.PoolClient,
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    let name = this.#statementNames.get(sql);
    if (name === undefined) {
      name = statementName(sql);
      this.#statementNames.set(sql, name);
    }
    sendTogether(client);
    try {
      const question = { name, text: sql, values: values.map(encode), query_timeout: this.#timeoutMs };
      const result = await client.query<Row>(question);
      return result.rows;
    } catch (error) {
      throw translateFailure(error);
    }
  }

  /** Runs `begin`, `commit`, `rollback` or settings; returns the server's command tag, of several statements that of the last. */
  async control(client: pg.PoolClient, command: string): Promise<string> {
    sendTogether(client);
    try {
      const question = { text: command, query_timeout: this.#timeoutMs };
      const answer: pg.QueryResult | pg.QueryResult[] = await client.query(question);
      return [answer].flat().at(-1)?.command ?? '';
    } catch (error) {
      throw translateFailure(error);
    }
  }
}

const encode = (value: unknown): unknown =>
  Array.isArray(value) ? arrayText(value as readonly ArrayElement[]) : value;

/**
 * Sends queries that are issued in the same turn with one write: each one alone costs a system call, or a message to the
 * database's thread.
 */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
