// Settings from the command line and from a `.env` file, laid over the environment before it is read.
import { type Command, Option } from 'commander';
import { extendEnvironment, type VariableName, variables } from '../base/config.ts';
import type { Variable } from '../base/setting-kinds.ts';

/** Without flags: every user of the machine can see a command line. */
const secrets: readonly VariableName[] = ['RUCKSACK_AUTH_TOKEN', 'RUCKSACK_SECRET_KEY'];

/** The settings that may be flags. */
export const allSettings: readonly VariableName[] = Object.keys(variables)
  .map((name) => name as VariableName)
  .filter((name) => !secrets.includes(name));

/** Those that say which database a command works on. */
export const databaseSettings: readonly VariableName[] = ['RUCKSACK_DATA_DIR', 'DATABASE_URL'];

/** Adds to a command a flag for each of the settings: `--data-dir` for `RUCKSACK_DATA_DIR`. */
export function addSettingOptions(command: Command, names: readonly VariableName[]): void {
  for (const name of names) {
    const { about, defaultText } = variables[name];
    const note = defaultText === undefined ? '' : ` Default: ${defaultText}.`;
    command.addOption(optionOf(name, `${about}${note}`).helpGroup('Settings:'));
  }
}

/** Applies settings before any command runs: its flags win over the environment, and that over the `.env` file of the working directory. */
export function applySettings(program: Command): void {
  program.hook('preAction', (_program, command) => {
    const given = allSettings.map((name): [VariableName, unknown] => [
      name,
      command.getOptionValue(optionOf(name).attributeName()),
    ]);
    extendEnvironment(
      '.env',
      given.filter((setting): setting is [VariableName, string] => typeof setting[1] === 'string'),
    );
  });
}

function optionOf(name: VariableName, about?: string): Option {
  const flag = name
    .replace(/^RUCKSACK_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
  const { flagMeans } = variables[name] as Variable<unknown>;
  if (flagMeans === undefined) return new Option(`--${flag} <value>`, about);
  return new Option(`--${flag} [value]`, about).preset(flagMeans);
}
