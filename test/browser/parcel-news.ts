// A shop that writes from a powerpack, and whose application listens: what the pages about messages are tried on.
import { type MadePowerpack, makePowerpack } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

export interface ParcelNews extends AsyncDisposable {
  readonly harness: ConsoleHarness;
  /** The requests that the application receives. */
  readonly catcher: WebhookCatcher;
  readonly powerpack: MadePowerpack;
}

/** A number of the powerpack. */
export const ours = '14155550100';

/** Starts the console, the application's receiver and a powerpack with two numbers, `ours` first. */
export async function startParcelNews(): Promise<ParcelNews> {
  const harness = await startConsole();
  const catcher = await startWebhookCatcher();
  const application = { app_name: 'Shop', message_url: `${catcher.url}/inbound` };
  const { body } = await harness.app.call('POST', 'Application/', application);
  const settings = { application_id: body.app_id, application_type: 'XML' };
  const powerpack = await makePowerpack(harness.app, 'Parcel news', [ours, '12125550100'], { settings });
  return {
    harness,
    catcher,
    powerpack,
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      await catcher.close();
    },
  };
}
