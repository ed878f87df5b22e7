// Asks a database host whether it may take writes, on a connection that is kept for that.
import pg from 'pg';

/** Asks one host at a time. Its connection goes to the host that was asked last. */
export class HostProbe {
  readonly #patienceMs: number;
  #kept: { readonly url: string; readonly client: pg.Client } | undefined;

  /** @param patienceMs how long connecting may take, and how long an answer */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /**
   * Returns whether the host of `url` may take writes: not where it says otherwise, or does not answer. One that does not answer is asked once
   * more, on a new connection: the one that was kept may have been lost alone. Never fails.
   */
  async mayTakeWrites(url: string): Promise<boolean> {
    const answer = (await this.#ask(url)) ?? (await this.#ask(url));
    return answer ?? false;
  }

  close(): void {
    const client = this.#kept?.client;
    this.#kept = undefined;
    client?.connection.stream.destroy();
  }

  /** Returns the answer; undefined where there is none. */
  async #ask(url: string): Promise<boolean | undefined> {
    try {
      const client = await this.#connect(url);
      const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
      return rows.every((row) => row.transaction_read_only === 'off');
    } catch (error) {
      this.close();
      // A server that refuses, as one with no connection free, is there: what it does on its other connections is not known.
      return error instanceof pg.DatabaseError ? true : undefined;
    }
  }

  async #connect(url: string): Promise<pg.Client> {
    if (this.#kept?.url === url) return this.#kept.client;
    this.close();
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: this.#patienceMs,
      query_timeout: this.#patienceMs,
      application_name: 'rucksack probe',
    });
    // The next question finds that it is lost.
    client.on('error', () => {});
    this.#kept = { url, client };
    await client.connect();
    return client;
  }
}
