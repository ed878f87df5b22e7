// A server that all tests of a file share, and a customer that it calls back.
import { after, afterEach } from 'node:test';
import { openTestPlace, startTestApp, type TestApp, type TestPlace } from './app.ts';
import { startWebhookCatcher, type WebhookCatcher } from './webhook-catcher.ts';

export interface SharedServer {
  readonly place: TestPlace;
  readonly server: TestApp;
}

/** Starts a server on a fresh database. It ends with the file's last test. */
export async function startSharedServer(): Promise<SharedServer> {
  const place = await openTestPlace();
  const server = await startTestApp({}, place);
  after(async () => {
    await server.stop();
    await place.db.close();
  });
  return { place, server };
}

/** Starts the same, and a customer. Each test begins with one that answers 200. */
export async function startServerWithCatcher(): Promise<SharedServer & { readonly catcher: WebhookCatcher }> {
  const shared = await startSharedServer();
  const catcher = await startWebhookCatcher();
  afterEach(() => {
    catcher.answer = { status: 200 };
  });
  after(() => catcher.close());
  return { ...shared, catcher };
}
