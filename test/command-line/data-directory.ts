// A data directory for the tests of a file, and the command line on it.
import { join } from 'node:path';
import { after } from 'node:test';
import { makeTemporaryDirectory, type Outcome, processEnvironment, runCommand } from '../support/process.ts';

export interface DataDirectory {
  /** The folder that holds it, and other files of the tests. */
  readonly folder: string;
  readonly dataDir: string;
  /** Runs `rucksack …` on it, to the end. */
  rucksack(...args: readonly string[]): Promise<Outcome>;
}

/** Makes a folder with a data directory that nothing has used yet; it goes with the last test of the file. */
export async function makeDataDirectory(): Promise<DataDirectory> {
  const { path, remove } = await makeTemporaryDirectory();
  after(remove);
  const dataDir = join(path, 'data');
  return {
    folder: path,
    dataDir,
    rucksack: (...args) => runCommand(args, processEnvironment(dataDir)),
  };
}

/** Returns the auth id in what the command line says. */
export const idIn = (text: string): string => /PLIVO_AUTH_ID=(\S+)/.exec(text)?.[1] ?? '';

/** Returns the auth token in what the command line says. */
export const tokenIn = (text: string): string => /PLIVO_AUTH_TOKEN=(\S+)/.exec(text)?.[1] ?? '';
