// The command line: every command, and how errors are shown.
import { Command } from 'commander';
import { ApiError, OperatorError } from '../base/errors.ts';
import { packageVersion } from '../base/package-version.ts';
import { addAccountCommands } from './account.ts';
import { addCertsCommand } from './certs.ts';
import { addDoctorCommand } from './doctor.ts';
import { addNumberCommands } from './number.ts';
import { addStartCommand } from './start.ts';

/** Runs one command line (`process.argv`). Errors set the exit code and are one sentence on standard error. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = new Command('rucksack')
    .description("An open Powerpack server: Plivo's Powerpack API, self-hosted.")
    .version(packageVersion())
    .addHelpText('after', '\nSettings are environment variables; docs/operating.md lists them all.')
    .showHelpAfterError();
  addStartCommand(program);
  addAccountCommands(program);
  addNumberCommands(program);
  addCertsCommand(program);
  addDoctorCommand(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${explain(error)}\n`);
  }
}

/** Returns the text of an error: a sentence for faults of the operator and of the system; anything else is a bug, shown in full. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof OperatorError || error instanceof ApiError || 'syscall' in error;
  return expected ? `rucksack: ${error.message}` : `rucksack: ${error.stack}`;
}
