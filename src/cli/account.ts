// `rucksack account`: makes accounts, lists them, rotates their tokens.
import { type Command, InvalidArgumentError } from 'commander';
import { createAccount, rotateToken } from '../accounts/create-account.ts';
import { listMainAccounts } from '../accounts/store.ts';
import { type Base, openBase } from '../app.ts';
import { readConfig } from '../base/config.ts';

const hourSeconds = 3600;

/**
 * Adds `account create`, `list` and `rotate-token`. They work on the database itself, so the embedded one must have no running
 * server.
 */
export function addAccountCommands(program: Command): void {
  const account = program.command('account').description('main accounts');

  account
    .command('create')
    .description('make an account and show its credentials, once')
    .option('--name <name>', 'name of the account', 'Account')
    .action(async ({ name }: { name: string }) => {
      await withBase(async ({ accountFactory }) => {
        const credentials = await createAccount(accountFactory(), { mainId: null, name, enabled: true });
        show([`PLIVO_AUTH_ID=${credentials.authId}`, `PLIVO_AUTH_TOKEN=${credentials.authToken}`]);
      });
    });

  account
    .command('list')
    .description('list the accounts')
    .action(async () => {
      await withBase(async ({ db }) => {
        const accounts = await listMainAccounts(db);
        show(accounts.map(({ authId, createdAt, name }) => `${authId}  ${createdAt.toISOString()}  ${name}`));
      });
    });

  account
    .command('rotate-token <auth-id>')
    .description('make a new token for an account or subaccount and show it, once')
    .option('--grace-hours <hours>', 'how long the old token stays valid', readHours, 24)
    .action(async (authId: string, { graceHours }: { graceHours: number }) => {
      await withBase(async ({ accountFactory }) => {
        const credentials = await rotateToken(accountFactory(), authId, graceHours * hourSeconds);
        show([`PLIVO_AUTH_TOKEN=${credentials.authToken}`]);
      });
    });
}

/** Opens the database for one command and always closes it again. */
export async function withBase(work: (base: Base) => Promise<void>): Promise<void> {
  const base = await openBase(readConfig());
  try {
    await work(base);
  } finally {
    await base.db.close();
  }
}

function show(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function readHours(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('must be a whole number of hours, 0 to 9999');
  return Number(text);
}
