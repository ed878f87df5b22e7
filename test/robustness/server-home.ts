// Where a server process of a test lives: a data directory, and a database of its own when there is a PostgreSQL.
import { createServerDatabase, serverUrl } from '../support/database.ts';
import { type Environment, makeTemporaryDirectory, processEnvironment } from '../support/process.ts';

export interface ServerHome {
  /** Settings of every process that lives here, one after the other. */
  readonly environment: Environment;
  /** The main account of the server. */
  readonly account: { readonly authId: string; readonly authToken: string };
  /** Set on PostgreSQL. */
  readonly databaseUrl: string | undefined;
  remove(): Promise<void>;
}

/** Makes a home; `more` are further settings. */
export async function makeServerHome(more: Environment = {}): Promise<ServerHome> {
  const account = { authId: 'MASURVIVORSSURVIVORS', authToken: 'a-token-that-is-long-enough' };
  const directory = await makeTemporaryDirectory();
  const database = serverUrl === undefined ? undefined : await createServerDatabase(serverUrl);
  return {
    environment: processEnvironment(directory.path, {
      RUCKSACK_AUTH_ID: account.authId,
      RUCKSACK_AUTH_TOKEN: account.authToken,
      ...(database === undefined ? {} : { DATABASE_URL: database.url }),
      ...more,
    }),
    account,
    databaseUrl: database?.url,
    async remove() {
      await database?.drop();
      await directory.remove();
    },
  };
}
