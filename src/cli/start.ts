// `rucksack start`: runs the server until it is told to stop.
import type { Command } from 'commander';
import { type App, startApp } from '../app.ts';
import { readConfig } from '../base/config.ts';

/** Adds `start`, which is also what `rucksack` alone does: runs the server until a signal ends it. */
export function addStartCommand(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('run the server')
    .action(async () => {
      const app = await startApp(readConfig());
      process.stdout.write(greeting(app));
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(app));
      process.on('SIGHUP', () => void app.reloadCarriers());
    });
}

/** Stops the server after its running work. Nothing keeps the process alive after that, so it ends by itself. */
async function stop(app: App): Promise<void> {
  try {
    await app.stop();
  } catch (error) {
    app.logger.fatal({ err: error }, 'stop failed');
    process.exit(1);
  }
}

/** Returns the text at start: the addresses, the credentials if they were just made, and one request that works. */
function greeting({ url, tlsUrl, accountId, firstCredentials }: App): string {
  const lines = [
    `Rucksack listens on ${url}${tlsUrl === undefined ? '' : ` and ${tlsUrl}`}`,
    `Console: ${url}/console`,
    `Reference: ${url}/docs`,
  ];
  if (firstCredentials !== undefined) {
    lines.push(
      '',
      'A demo account was made. These credentials are shown only now:',
      `  PLIVO_AUTH_ID=${firstCredentials.authId}`,
      `  PLIVO_AUTH_TOKEN=${firstCredentials.authToken}`,
    );
  }
  const authId = accountId ?? '$PLIVO_AUTH_ID';
  const authToken = firstCredentials?.authToken ?? '$PLIVO_AUTH_TOKEN';
  lines.push(
    '',
    'Try it:',
    `  curl -u "${authId}:${authToken}" "${url}/v1/Account/${authId}/Powerpack/"`,
    '',
  );
  return `${lines.join('\n')}\n`;
}
