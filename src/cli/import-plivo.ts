// `rucksack import plivo`: takes an account over from the vendor.
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { readConfig } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import type { SubaccountClient } from '../moving/account-endpoints.ts';
import { askVendorCredentials } from './ask-credentials.ts';
import { showProgress } from './progress.ts';
import { readOrigin } from './read-origin.ts';
import { requireServer, type ServerOptions } from './running-server.ts';

interface ImportOptions extends ServerOptions {
  readonly from: URL;
  readonly dryRun?: boolean;
}

/** Adds `import plivo`. The exit code is 1 when something was refused. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('take an account over from another service')
    .command('plivo')
    .description(
      'read an account at the vendor and make the same here, ids included (docs/moving.md); its credentials are PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN, or asked for',
    )
    .option('--dry-run', 'say what would be made, what is there and what differs, and change nothing')
    .option('--from <url>', 'where the account is', readOrigin, new URL('https://api.plivo.com'))
    .option('--server <url>', 'the server here, with RUCKSACK_AUTH_ID and RUCKSACK_AUTH_TOKEN', readOrigin)
    .option('--ready-file <file>', 'what the server here was told to write when it was ready')
    .action(runImport);
}

async function runImport({ from, dryRun: isDryRun = false, ...options }: ImportOptions): Promise<void> {
  // Loaded only here: every command reads this file.
  const { makeApiClient } = await import('../moving/api-client.ts');
  const { importAccount } = await import('../moving/import-account.ts');
  const { countMoves, reportLines } = await import('../moving/report-text.ts');
  const server = await requireServer(readConfig(), options);
  const vendor = await askVendorCredentials();
  if (server.url === from.origin && server.authId === vendor.authId)
    throw new OperatorError(`${server.authId} at ${server.url} is the account to import into`);
  const outside = { fetch, wait };
  const source = makeApiClient({ origin: from.origin, who: 'the vendor', ...outside }, vendor);
  const target = makeApiClient({ origin: server.url, who: 'the server here', ...outside }, server);
  const sourceOf: SubaccountClient = ({ id, fields: { auth_token: token, enabled } }) =>
    enabled === true && typeof token === 'string'
      ? source.of(id, { authId: id, authToken: token })
      : undefined;
  const report = await importAccount({
    source,
    sourceOf,
    target,
    targetOf: (subaccountId) => target.of(subaccountId, server),
    isDryRun,
    onProgress: (what, done, total) => {
      if (done === 0) process.stderr.write(`${what} …\n`);
      else showProgress(process.stderr, done, total);
    },
  });
  for (const line of reportLines(report, isDryRun)) process.stdout.write(`${line}\n`);
  if (countMoves(report.moves).refused > 0) process.exitCode = 1;
}
