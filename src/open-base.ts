// Opens the database and the secret key, with little of the program loaded: a start opens them while the rest is read.
import type { AccountFactory } from './accounts/create-account.ts';
import { loadSecretKey } from './accounts/secret-key.ts';
import { type Clock, systemClock } from './base/clock.ts';
import type { Config } from './base/config.ts';
import { type Encrypter, makeEncrypter } from './base/encrypt.ts';
import { type RandomBytes, systemRandomBytes } from './base/id.ts';
import type { Logger } from './base/logger.ts';
import { systemTimers, type Timers } from './base/timers.ts';
import { VirtualClock } from './base/virtual-clock.ts';
import type { Db } from './db/db.ts';
import { openDatabase } from './db/open.ts';

/** The source of time and randomness; an argument for tests. */
export interface Environment {
  readonly clock: Clock;
  /** Of the same time as `clock`. */
  readonly timers: Timers;
  readonly randomBytes: RandomBytes;
}

export const realEnvironment: Environment = {
  clock: systemClock,
  timers: systemTimers,
  randomBytes: systemRandomBytes,
};

/** Returns the real environment, with a virtual clock where the settings ask for it. */
export function environmentFor({ virtualClock }: Config): Environment {
  if (virtualClock === 'off') return realEnvironment;
  const timers = new VirtualClock(systemTimers, {
    at: virtualClock instanceof Date ? virtualClock : undefined,
    isFrozen: virtualClock !== 'on',
  });
  return { ...realEnvironment, clock: timers.now, timers };
}

/** The database and the means to make accounts in it: all that the command line needs. */
export interface Base {
  readonly db: Db;
  readonly encrypter: Encrypter;
  readonly accountFactory: () => AccountFactory;
}

/** Opens the database and the secret key, without a server. */
export async function openBase(
  config: Config,
  environment: Environment = realEnvironment,
  logger?: Logger,
): Promise<Base> {
  const db = await openConfiguredDatabase(config, { logger });
  try {
    const encrypter = await openSecretKey(config, environment);
    const accountFactory = () => ({
      db,
      encrypter,
      randomBytes: environment.randomBytes,
      now: environment.clock(),
    });
    return { db, encrypter, accountFactory };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Opens the database that the settings name. With `leaveSchema` it is not migrated. */
export function openConfiguredDatabase(
  { databaseUrl, isEphemeral, dataDir, databaseConnections }: Config,
  { logger, leaveSchema = false }: { readonly logger?: Logger | undefined; readonly leaveSchema?: boolean },
): Promise<Db> {
  return openDatabase({
    databaseUrl,
    dataDir: isEphemeral ? undefined : dataDir,
    maxConnections: databaseConnections,
    leaveSchema,
    timers: systemTimers,
    onFatal: (error) => exitAfterFatal(error, logger),
    onWarning: (error) => logger?.warn({ err: error }, 'the database warns'),
  });
}

/** Opens the secret key, and makes it where there is none yet. */
export async function openSecretKey(
  { secretKey, isEphemeral, dataDir }: Config,
  { randomBytes }: Pick<Environment, 'randomBytes'>,
): Promise<Encrypter> {
  const key = await loadSecretKey(secretKey, isEphemeral ? undefined : dataDir, randomBytes);
  return makeEncrypter(key, randomBytes);
}

/** Ends the process: without its database it can do nothing; it is built to be restarted. */
function exitAfterFatal(error: Error, logger: Logger | undefined): void {
  logger?.fatal({ err: error }, 'the database failed');
  process.exit(1);
}
