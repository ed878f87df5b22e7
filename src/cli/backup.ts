// `rucksack backup`, `restore` and `move`: everything that a server stores, into one file, out of it, and to the other kind of database.
import { rm } from 'node:fs/promises';
import { Argument, type Command } from 'commander';
import type { Progress } from '../backup/progress.ts';
import type { TableDigest } from '../backup/row-digest.ts';
import { type Config, readConfig } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import { realEnvironment } from '../open-base.ts';
import { RowProgress } from './progress.ts';
import { copyDatabaseOf, findRunningServer } from './running-server.ts';

/** The exit code of a command that a signal has ended, as shells count. */
const interruptedCode = 130;

/** Adds the three commands. Their code is loaded when one of them runs: every command reads this file. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup <file>')
    .description('write all data, the secret key and the certificates to a file; the server may run')
    .option('--without-key', 'leave the secret key out: a restored server then needs RUCKSACK_SECRET_KEY')
    .action((file: string, { withoutKey = false }: { withoutKey?: boolean }) =>
      interruptibly((progress) => backup(file, !withoutKey, progress)),
    );
  program
    .command('restore <file>')
    .description('make the database of a backup, where there is none yet')
    .option('--check', 'read the file and compare it with its own digests, and restore nothing')
    .action((file: string, { check = false }: { check?: boolean }) =>
      interruptibly((progress) => (check ? checkFile(file) : restore(file, progress))),
    );
  program
    .command('move')
    .description('copy all data of a stopped server to an empty database of the other kind, row by row')
    .addArgument(
      new Argument('<to>', 'from the data directory to DATABASE_URL, or back').choices([
        'postgresql',
        'embedded',
      ]),
    )
    .action((to: string) => interruptibly((progress) => move(to, progress)));
}

async function backup(file: string, withKey: boolean, progress: Progress): Promise<void> {
  const config = readConfig();
  const { databaseUrl, dataDir } = config;
  const { backUp } = await import('../backup/back-up.ts');
  await withReadable(config, async (readable) => {
    const tables = await backUp(file, {
      location: { databaseUrl, dataDir: readable },
      dataDir,
      configuredKey: config.secretKey,
      withKey,
      now: realEnvironment.clock(),
      ...progress,
    });
    process.stdout.write(`${file} has ${summary(tables)}\n`);
  });
}

/** Runs `work` with a data directory whose database it may open: that of a running server is copied first, and the copy deleted. */
async function withReadable(config: Config, work: (dataDir: string) => Promise<void>): Promise<void> {
  const server = await findRunningServer(config);
  if (server === undefined) return work(config.dataDir);
  const { copyOf } = await import('../backup/copy-folder.ts');
  const copy = copyOf(config.dataDir);
  await copyDatabaseOf(server);
  try {
    await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function checkFile(file: string): Promise<void> {
  const { checkBackupFile } = await import('../backup/backup-file.ts');
  const { header, tables } = await checkBackupFile(file);
  process.stdout.write(
    `${file} is whole: made ${header.made_at} by Rucksack ${header.version}, ${summary(tables)}\n`,
  );
}

async function restore(file: string, progress: Progress): Promise<void> {
  const config = readConfig();
  const { databaseUrl, dataDir } = config;
  const { restoreBackup } = await import('../backup/restore.ts');
  const { header, tables } = await restoreBackup(file, {
    location: { databaseUrl, dataDir },
    configuredKey: config.secretKey,
    now: realEnvironment.clock(),
    ...progress,
  });
  const where = databaseUrl === undefined ? dataDir : 'the database of DATABASE_URL';
  process.stdout.write(`${where} has the data of ${header.made_at}: ${summary(tables)}\n`);
}

async function move(to: string, progress: Progress): Promise<void> {
  const { databaseUrl, dataDir } = readConfig();
  if (databaseUrl === undefined) throw new OperatorError('set DATABASE_URL to the PostgreSQL database');
  const { moveData } = await import('../backup/move.ts');
  const [embedded, server] = [
    { databaseUrl: undefined, dataDir },
    { databaseUrl, dataDir },
  ];
  const tables =
    to === 'embedded'
      ? await moveData(server, embedded, progress)
      : await moveData(embedded, server, progress);
  const next =
    to === 'embedded' ? 'start the server without DATABASE_URL' : 'start the server with this DATABASE_URL';
  process.stdout.write(`${summary(tables)} moved and compared; the source is as it was. Now ${next}.\n`);
}

/** Runs the work with its progress on standard error. A signal ends it cleanly, so that nothing half done remains. */
async function interruptibly(work: (progress: Progress) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, interrupt);
  const display = new RowProgress(process.stderr);
  const onRows = (table: string, rows: number) => display.show(table, rows);
  const working = work({ onRows, signal: interruption.signal }).finally(() => {
    display.end();
    for (const name of signals) process.off(name, interrupt);
  });
  await working.catch((error: unknown) => {
    if (!interruption.signal.aborted) throw error;
    process.exitCode = interruptedCode;
    process.stderr.write('rucksack: interrupted, and nothing was made\n');
  });
}

function summary(tables: Readonly<Record<string, TableDigest>>): string {
  const all = Object.values(tables);
  return `${all.reduce((sum, { rows }) => sum + rows, 0)} rows in ${all.length} tables`;
}
