// `rucksack export plivo`: the plan of making an account at the vendor as it is here. Nothing is called there.
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { readConfig } from '../base/config.ts';
import { readOrigin } from './read-origin.ts';
import { requireServer, type ServerOptions } from './running-server.ts';

interface ExportOptions extends ServerOptions {
  readonly script?: string;
}

/** Adds `export plivo`. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('plan how to make an account of this server elsewhere')
    .command('plivo')
    .description(
      'print what to do to make the account at the vendor (docs/moving.md); nothing is called there',
    )
    .option('--script <file>', 'also write the calls to a new shell script, with curl')
    .option('--server <url>', 'the server here, with RUCKSACK_AUTH_ID and RUCKSACK_AUTH_TOKEN', readOrigin)
    .option('--ready-file <file>', 'what the server here was told to write when it was ready')
    .action(runExport);
}

async function runExport({ script, ...options }: ExportOptions): Promise<void> {
  // Loaded only here: every command reads this file.
  const { readAccount } = await import('../moving/account-endpoints.ts');
  const { makeApiClient } = await import('../moving/api-client.ts');
  const { planExport } = await import('../moving/export-plan.ts');
  const { exportScript, planLines } = await import('../moving/export-text.ts');
  const server = await requireServer(readConfig(), options);
  const access = { origin: server.url, who: 'the server here', fetch, wait };
  const client = makeApiClient(access, server);
  const { resources, notes } = await readAccount(client, ({ id }) => client.of(id, server));
  const steps = planExport(resources);
  if (script !== undefined) await writeFile(script, exportScript(steps), { mode: 0o700, flag: 'wx' });
  for (const line of planLines(steps, notes)) process.stdout.write(`${line}\n`);
}
