// `rucksack account`: makes accounts, lists them, shows their credentials, rotates their tokens.
import { type Command, InvalidArgumentError } from 'commander';
import { createAccount, rotateToken } from '../accounts/create-account.ts';
import { readAccount } from '../accounts/first-account.ts';
import { findOldestMainAccount, listMainAccounts } from '../accounts/store.ts';
import { readConfig } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import { type Base, openBase } from '../open-base.ts';
import { credentialLines, exportLines } from './env-file.ts';
import { recordCommand } from './record-command.ts';
import { findRunningServer, rotateTokenOf } from './running-server.ts';

const hourSeconds = 3600;

/**
 * Adds `account create`, `list`, `show` and `rotate-token`. They work on the database itself, and the embedded one serves one process:
 * while a server runs on it, `show` and `rotate-token` ask that server, for its own account.
 */
export function addAccountCommands(program: Command): void {
  const account = program.command('account').description('main accounts');

  account
    .command('create')
    .description('make an account and show its credentials, once')
    .option('--name <name>', 'name of the account', 'Account')
    .action(async ({ name }: { name: string }) => {
      await withBase(async (base) => {
        const credentials = await recordCommand(base, 'account create', async ({ accountFactory }) => {
          const result = await createAccount(accountFactory(), { mainId: null, name, enabled: true });
          return { result, accountId: result.authId, after: { name } };
        });
        show(credentialLines(credentials));
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
    .command('show [auth-id]')
    .description('show the credentials of an account, by default the oldest, as lines for a shell')
    .action(async (authId: string | undefined) => {
      const server = await findRunningServer(readConfig());
      if (server !== undefined && (authId ?? server.authId) === server.authId)
        return show(exportLines(server));
      await withBase(async ({ db, encrypter }) => {
        const wanted = authId ?? (await findOldestMainAccount(db));
        if (wanted === undefined)
          throw new OperatorError('there is no account yet; the first start makes one');
        show(credentialLines(await readAccount({ db, encrypter }, wanted)));
      });
    });

  account
    .command('rotate-token <auth-id>')
    .description('make a new token for an account or subaccount and show it, once')
    .option('--grace-hours <hours>', 'how long the old token stays valid', readHours, 24)
    .action(async (authId: string, { graceHours }: { graceHours: number }) => {
      const config = readConfig();
      const server = await findRunningServer(config);
      if (server?.authId === authId) {
        return show(credentialLines(await rotateTokenOf(config, server, graceHours * hourSeconds)));
      }
      await withBase(async (base) => {
        const credentials = await recordCommand(base, 'account rotate-token', async ({ accountFactory }) => {
          const result = await rotateToken(accountFactory(), authId, graceHours * hourSeconds);
          return { result, accountId: authId, after: { grace_hours: graceHours } };
        });
        show(credentialLines(credentials));
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
