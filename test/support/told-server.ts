// A server, and a customer that it calls back, for all tests of a file.
import { after, afterEach } from 'node:test';
import { startTestApp, type TestApp } from './app.ts';
import { startWebhookCatcher, type WebhookCatcher } from './webhook-catcher.ts';

/** Starts both; they end with the file's last test. Each test begins with a customer that answers 200. */
export async function startToldServer(): Promise<{ server: TestApp; catcher: WebhookCatcher }> {
  const server = await startTestApp();
  const catcher = await startWebhookCatcher();
  afterEach(() => {
    catcher.answer = { status: 200 };
  });
  after(async () => {
    await server.stop();
    await catcher.close();
  });
  return { server, catcher };
}
