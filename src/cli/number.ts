// `rucksack number import`: imports own numbers into an account, from a CSV file.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Account } from '../accounts/account.ts';
import { getAccount, listMainAccounts } from '../accounts/store.ts';
import { readConfig } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import type { BadRow, ImportReport } from '../numbers/import-numbers.ts';
import { withBase } from './account.ts';
import { showProgress } from './progress.ts';
import { recordCommand } from './record-command.ts';

interface ImportOptions {
  readonly account?: string;
  readonly country?: string;
  readonly skipBad?: boolean;
}

/** Adds `number import`: all rows or none, or with `--skip-bad` the good ones, in one transaction. */
export function addNumberCommands(program: Command): void {
  const number = program.command('number').description('numbers of your own carriers');

  number
    .command('import <file>')
    .description(
      'import numbers from a CSV file with a header: number, and optionally alias, carrier, region, app_id, subaccount',
    )
    .option('--account <auth-id>', 'account that owns the numbers; not needed when there is only one')
    .option('--country <iso>', 'country whose national numbers are read as well, such as US')
    .option('--skip-bad', 'import the good rows although some are bad')
    .action(async (file: string, { account, country: written, skipBad }: ImportOptions) => {
      // Loaded only here: every command reads this file.
      const { importNumbers } = await import('../numbers/import-numbers.ts');
      const country = written === undefined ? undefined : await readCountry(written);
      // Read whole before the transaction begins, which the database ends when it waits too long, and which may run twice.
      const csv = await readFile(file);
      await withBase(async (base) => {
        const owner = await chooseAccount(base.db, account);
        const numbersOf = country ?? owner.defaultCountry;
        const report = await recordCommand(base, 'number import', async ({ db, accountFactory }) => {
          const result = await importNumbers(db, csv, {
            accountId: owner.authId,
            ...(numbersOf === null ? {} : { country: numbersOf }),
            skipBad: skipBad ?? false,
            now: accountFactory().now,
            settings: readConfig().settings,
            onProgress: (done, total) => showProgress(process.stderr, done, total),
          });
          const { rows, imported, committed } = result;
          return { result, accountId: committed ? owner.authId : undefined, after: { rows, imported } };
        });
        tell(report);
      });
    });
}

async function readCountry(text: string): Promise<string> {
  const { isCountry } = await import('../telecom/e164.ts');
  const country = text.toUpperCase();
  if (!isCountry(country)) {
    throw new OperatorError('--country must be the ISO 3166-1 code of a country, such as US or GB');
  }
  return country;
}

async function chooseAccount(db: Db, wanted: string | undefined): Promise<Account> {
  if (wanted !== undefined) {
    const account = await getAccount(db, wanted);
    if (account?.mainId !== null)
      throw new OperatorError(`there is no main account ${wanted}; see: rucksack account list`);
    return account;
  }
  const [only, ...others] = await listMainAccounts(db);
  if (only === undefined)
    throw new OperatorError('there is no account yet; make one: rucksack account create');
  if (others.length > 0) throw new OperatorError('there are several accounts; name one with --account');
  return only;
}

function tell({ rows, imported, present, bad, committed }: ImportReport): void {
  for (const line of complaintsOf(bad)) process.stderr.write(`${line}\n`);
  if (!committed) {
    process.exitCode = 1;
    process.stderr.write(
      `Nothing was imported: ${bad.length} of ${rows} rows are bad. Mend them, or pass --skip-bad.\n`,
    );
    return;
  }
  process.stdout.write(`${imported} imported, ${present} already there, ${bad.length} bad rows skipped\n`);
}

/** So many lines of a kind are named; of more, how many. */
const maxNamedLines = 5;

/** Returns what is wrong, a line for each reason: thousands of rows are seldom wrong in thousands of ways. */
function complaintsOf(bad: readonly BadRow[]): string[] {
  const linesByReason = new Map<string, number[]>();
  for (const { line, reason } of bad) {
    const lines = linesByReason.get(reason) ?? [];
    linesByReason.set(reason, lines);
    lines.push(line);
  }
  return [...linesByReason].map(([reason, lines]) => {
    const rest = lines.length - maxNamedLines;
    const named = lines.slice(0, maxNamedLines).join(', ');
    return `line${lines.length > 1 ? 's' : ''} ${named}${rest > 0 ? ` and ${rest} more` : ''}: ${reason}`;
  });
}
