// The command line: every command, and how errors are shown.
import { Command } from 'commander';
import { ApiError, OperatorError } from '../base/errors.ts';
import { packageVersion } from '../base/package-version.ts';
import { addAccountCommands } from './account.ts';
import { addBackupCommands } from './backup.ts';
import { addCertsCommand } from './certs.ts';
import { addDoctorCommand } from './doctor.ts';
import { addExportCommand } from './export-plivo.ts';
import { addImportCommand } from './import-plivo.ts';
import { addNumberCommands } from './number.ts';
import { addProxyCommands } from './proxy.ts';
import { addSeedCommand } from './seed.ts';
import { addSettingOptions, allSettings, applySettings, databaseSettings } from './settings.ts';
import { addStartCommand } from './start.ts';

/** Runs one command line (`process.argv`). Errors set the exit code and are one sentence on standard error. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  // `rucksack doctor | head -1`: a reader that has left is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const program = new Command('rucksack')
    .description("An open Powerpack server: Plivo's Powerpack API, self-hosted.")
    .version(packageVersion())
    .addHelpText(
      'after',
      '\nSettings are flags, environment variables or lines of a .env file: rucksack start --help lists them.',
    )
    .showHelpAfterError('(rucksack --help lists the commands)');
  applySettings(program);
  addStartCommand(program);
  addAccountCommands(program);
  addNumberCommands(program);
  addBackupCommands(program);
  addCertsCommand(program);
  addSeedCommand(program);
  addImportCommand(program);
  addExportCommand(program);
  addDoctorCommand(program);
  addProxyCommands(program);
  for (const command of runnable(program)) {
    const readsAll = ['start', 'doctor'].includes(command.name());
    addSettingOptions(command, readsAll ? allSettings : databaseSettings);
  }
  try {
    await program.parseAsync(withCommand(argv));
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${explain(error)}\n`);
  }
}

/** Returns the command line with the command that it leaves out: `rucksack` and `rucksack --port 9000` start the server. */
function withCommand([node = '', script = '', ...given]: readonly string[]): string[] {
  const [first = '--'] = given;
  const isAboutProgram = ['-h', '--help', '-V', '--version'].includes(first);
  const isLeftOut = first.startsWith('-') && !isAboutProgram;
  return [node, script, ...(isLeftOut ? ['start'] : []), ...given];
}

/** Returns the commands that do something, not those that only hold others. */
function runnable(program: Command): Command[] {
  return program.commands.flatMap((command) =>
    command.commands.length === 0 ? [command] : runnable(command),
  );
}

/** Returns the text of an error: a sentence for faults of the operator and of the system; anything else is a bug, shown in full. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof OperatorError || error instanceof ApiError || 'syscall' in error;
  return expected ? `rucksack: ${error.message}` : `rucksack: ${error.stack}`;
}
