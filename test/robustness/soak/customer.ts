// The customer of a soak: knows of each message whether it has come to its end, and forgets those that have.
import { createServer } from 'node:http';

/** The customer's server. */
export interface Customer {
  /** Where statuses are to be told. */
  readonly url: string;
  /** Records that messages were accepted. */
  expect(messageIds: readonly string[]): void;
  /** Returns how many accepted messages have had no end yet. */
  unfinished(): number;
  /** Returns how many ends were told, some perhaps twice. */
  ends(): number;
  close(): void;
}

const finalStatuses: ReadonlySet<string> = new Set(['delivered', 'undelivered', 'failed', 'rejected']);

/** Starts the customer's server. */
export async function startCustomer(): Promise<Customer> {
  const ended = new Set<string>();
  const expected = new Set<string>();
  let ends = 0;
  const end = (messageId: string) => {
    ends += 1;
    // The callback of the end may be quicker than the answer to the request.
    if (!expected.delete(messageId)) ended.add(messageId);
  };
  const listener = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    incoming.on('end', () => {
      const form = new URLSearchParams(body);
      if (finalStatuses.has(form.get('Status') ?? '')) end(form.get('MessageUUID') ?? '');
      response.end();
    });
  });
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/status`,
    expect(messageIds: readonly string[]) {
      for (const id of messageIds) if (!ended.delete(id)) expected.add(id);
    },
    unfinished: () => expected.size,
    ends: () => ends,
    close() {
      listener.close();
      listener.closeAllConnections();
    },
  };
}
