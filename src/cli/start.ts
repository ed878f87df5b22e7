// `rucksack start`: runs the server until it is told to stop.
import { relative } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../app.ts';
import { type Config, readConfig } from '../base/config.ts';
import { makeLogger } from '../base/logger.ts';
import { environmentFor, openBase } from '../open-base.ts';
import { envFilePath, exportLines, writeEnvFile } from './env-file.ts';
import { readyLine, writeReadyFile } from './ready-file.ts';

/** Adds `start`, which is also what `rucksack` without a command does: runs the server until a signal ends it. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('run the server')
    .action(async () => {
      const config = readConfig();
      const input = config.stopsWithInput ? process.stdin : undefined;
      const starting = startApp(config, (serving) => stopWhenTold(serving, input));
      // Without a file of carriers a hangup ends the server, as a closed terminal ends every program.
      if (config.carriersPath !== undefined) process.on('SIGHUP', () => void reloadCarriers(starting));
      const app = await starting;
      const access = { url: app.url, ...app.account };
      const { readyFile } = config;
      if (hasDataDirectory(config)) await writeEnvFile(config.dataDir, access);
      if (readyFile !== undefined && readyFile !== '-') await writeReadyFile(readyFile, access);
      process.stdout.write(readyFile === '-' ? readyLine(access) : greeting(app, config));
    });
}

/**
 * Opens the database and serves it. The larger part of the program is read while the database opens, which has a thread of its own.
 * @param onServing called when the server is about to listen.
 */
async function startApp(config: Config, onServing: (serving: Promise<App>) => void): Promise<App> {
  const environment = environmentFor(config);
  const logger = makeLogger(config.logLevel);
  const opening = openBase(config, environment, logger);
  const [base, { serve }] = await Promise.all([opening, import('../app.ts')]);
  const serving = serve(config, environment, base, logger);
  onServing(serving);
  return serving;
}

/** Stops the server at a signal or at the end of its input; one that is still starting once it has started. */
function stopWhenTold(serving: Promise<App>, input: NodeJS.ReadStream | undefined): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(serving, input));
  input?.on('end', () => void stop(serving, input)).resume();
}

/** Reads the file of carriers again, once the server has started. A start that fails says so itself. */
async function reloadCarriers(starting: Promise<App>): Promise<void> {
  const app = await starting.catch(() => undefined);
  await app?.reloadCarriers();
}

/** Stops the server after its running work. Nothing keeps the process alive after that, so it ends by itself. A start that fails says so itself. */
async function stop(serving: Promise<App>, input: NodeJS.ReadStream | undefined): Promise<void> {
  const app = await serving.catch(() => undefined);
  if (app === undefined) return;
  try {
    await app.stop();
    input?.destroy();
  } catch (error) {
    app.logger.fatal({ err: error }, 'stop failed');
    process.exit(1);
  }
}

/** Returns whether the server keeps its database in its data directory. */
const hasDataDirectory = ({ databaseUrl, isEphemeral }: Config): boolean =>
  databaseUrl === undefined && !isEphemeral;

/** Returns the text at start: the addresses, the way to the credentials, and one request that works. */
function greeting({ url, tlsUrl, account }: App, config: Config): string {
  const { authId, name, isNew } = account;
  const [data, credentials] = whereabouts(config);
  const made = [
    '',
    'A demo account was made. For your shell:',
    ...exportLines({ ...account, url }).map((line) => `  ${line}`),
  ];
  const lines = [
    `Rucksack listens on ${url}${tlsUrl === undefined ? '' : ` and ${tlsUrl}`}`,
    `Console      ${url}/console`,
    `Reference    ${url}/docs`,
    `Data         ${data}`,
    `Account      ${name} (${authId})`,
    `Credentials  ${credentials}`,
    ...(isNew ? made : []),
    '',
    'Try it:',
    '  curl -u "$PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN" "$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID/Powerpack/"',
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns where the data is, and where the credentials are. */
function whereabouts(config: Config): [data: string, credentials: string] {
  if (config.isEphemeral) {
    const isNamed = config.firstAccount !== undefined;
    return [
      'in memory, gone at the end',
      isNamed ? 'as RUCKSACK_AUTH_ID and RUCKSACK_AUTH_TOKEN say' : 'below',
    ];
  }
  if (config.databaseUrl !== undefined) return ['in PostgreSQL', 'rucksack account show'];
  const path = relative('', envFilePath(config.dataDir));
  return [config.dataDir, `source ${path.startsWith('..') ? envFilePath(config.dataDir) : path}`];
}
