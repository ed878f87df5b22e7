// A shop that writes from a powerpack, and whose application listens: what the pages about messages are tried on.
import { type MadePowerpack, makePowerpack } from '../support/messaging.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';
import { type ConsoleStage, startConsole } from './console-harness.ts';

export interface ParcelNews extends AsyncDisposable {
  readonly stage: ConsoleStage;
  /** The requests that the application receives. */
  readonly catcher: WebhookCatcher;
  readonly powerpack: MadePowerpack;
}

/** A number of the powerpack. */
export const ours = '14155550100';

/** Starts the console, the application's receiver and a powerpack with two numbers, `ours` first. */
export async function startParcelNews(): Promise<ParcelNews> {
  const stage = await startConsole();
  const catcher = await startWebhookCatcher();
  const application = { app_name: 'Shop', message_url: `${catcher.url}/inbound` };
  const { body } = await stage.app.call('POST', 'Application/', application);
  const settings = { application_id: body.app_id, application_type: 'XML' };
  const powerpack = await makePowerpack(stage.app, 'Parcel news', [ours, '12125550100'], { settings });
  return {
    stage,
    catcher,
    powerpack,
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]();
      await catcher.close();
    },
  };
}
