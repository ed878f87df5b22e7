// The only place where parts are made and joined.
import { type AddressInfo, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { makeAuthenticate } from './accounts/authenticate.ts';
import { createAccount, ensureAccount, type Maker } from './accounts/create-account.ts';
import { makeRequestLimit } from './accounts/limit-requests.ts';
import { checkSecretKey, loadSecretKey } from './accounts/secret-key.ts';
import { countMainAccounts } from './accounts/store.ts';
import { makeMetrics } from './api/metrics.ts';
import { healthPages, metricsPage } from './api/pages.ts';
import { referencePages } from './api/reference.ts';
import { createServer, type Server } from './api/server.ts';
import { type Clock, systemClock } from './base/clock.ts';
import type { Config, Settings } from './base/config.ts';
import { type RandomBytes, systemRandomBytes, uuidv7 } from './base/id.ts';
import { type Logger, makeLogger } from './base/logger.ts';
import { makeSealer, type Sealer } from './base/seal.ts';
import type { Db } from './db/db.ts';
import { openDatabase } from './db/open.ts';
import type { Credentials } from './http/basic-auth.ts';
import { holdStart } from './numbers/rent-numbers.ts';
import { deleteExpiredHolds } from './numbers/store.ts';
import { restoreStart } from './powerpacks/delete-powerpack.ts';
import { purgeDeletedPowerpacks } from './powerpacks/store.ts';
import { serveConnect } from './tls/connect-proxy.ts';
import { readCertificates } from './tls/read-certificates.ts';

const hourMs = 3600 * 1000;

/** Where time and randomness come from; tests bring their own. */
export interface Outside {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

const realOutside: Outside = { clock: systemClock, randomBytes: systemRandomBytes };

export interface App {
  readonly url: string;
  /** Set when certificates are there. */
  readonly tlsUrl: string | undefined;
  /** The account that the configuration names or that this start made, where there is one. */
  readonly accountId: string | undefined;
  /** Credentials of the account that this start made, to be shown once. */
  readonly firstCredentials: Credentials | undefined;
  readonly db: Db;
  readonly server: Server;
  readonly logger: Logger;
  /** Stops everything in reverse order: the door first, the database last. Calling it again waits for the same stop. */
  stop(): Promise<void>;
}

/** Opens the database and serves it. */
export async function startApp(config: Config, outside: Outside = realOutside): Promise<App> {
  const logger = makeLogger(config.logLevel);
  return serve(config, outside, await openBase(config, outside, logger), logger);
}

/**
 * Makes the server on an opened database, which it closes when it stops or cannot start. The address is taken first: an account that
 * is made is shown once, so nothing may fail after that. Until there is an account nobody gets in.
 */
export async function serve(config: Config, outside: Outside, base: Base, logger: Logger): Promise<App> {
  let stopping: Promise<void> | undefined;
  const server = makeServer(config, outside, base, logger, () => stopping !== undefined);
  const proxy = serveConnect(server.http, {
    hosts: ['api.plivo.com'],
    tlsServer: server.tls,
    newId: () => uuidv7(outside.clock(), outside.randomBytes),
  });
  let stopTidying = async () => {};
  const close = async (deadlineMs: number) => {
    await server.close(deadlineMs);
    proxy.closeTunnels();
    await stopTidying();
    await base.db.close();
  };
  try {
    const addresses = await listen(config, outside, server);
    await checkSecretKey(base.db, base.sealer);
    const firstCredentials = await makeFirstAccount(config, base.maker());
    stopTidying = startTidying(base.db, outside.clock, config.settings, logger);
    logger.info({ engine: base.db.engine, ...addresses }, 'listening');

    const stop = async () => {
      logger.info({}, 'stopping');
      await close(config.stopMs);
      logger.info({}, 'stopped');
    };
    return {
      url: config.publicUrl ?? addresses.url,
      tlsUrl: addresses.tlsUrl,
      accountId: firstCredentials?.authId ?? config.firstAccount?.authId,
      firstCredentials,
      db: base.db,
      server,
      logger,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await close(0);
    throw error;
  }
}

/** The database and what makes accounts in it: all that the command line needs. */
export interface Base {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly maker: () => Maker;
}

/** Opens the database and the secret key, without a server. With `leaveSchema` the database is not migrated. */
export async function openBase(
  config: Config,
  outside: Outside = realOutside,
  logger?: Logger,
  leaveSchema = false,
): Promise<Base> {
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    maxConnections: config.databaseConnections,
    leaveSchema,
    onFatal: (error) => exitAfterFatal(error, logger),
    onWarning: (error) => logger?.warn({ err: error }, 'the database warns'),
  });
  try {
    const key = await loadSecretKey(config.secretKey, config.dataDir, outside.randomBytes);
    const sealer = makeSealer(key, outside.randomBytes);
    const maker = () => ({ db, sealer, randomBytes: outside.randomBytes, now: outside.clock() });
    return { db, sealer, maker };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** A process whose database is gone knows nothing any more; it is built to be restarted. */
function exitAfterFatal(error: Error, logger: Logger | undefined): void {
  logger?.fatal({ err: error }, 'the database failed');
  process.exit(1);
}

/** The account that the configuration names, or a demo account when there is none at all. */
async function makeFirstAccount(config: Config, maker: Maker): Promise<Credentials | undefined> {
  if (config.firstAccount !== undefined) {
    await ensureAccount(maker, config.firstAccount);
    return undefined;
  }
  if ((await countMainAccounts(maker.db)) > 0) return undefined;
  return createAccount(maker, { mainId: null, name: 'Demo', enabled: true });
}

function makeServer(
  config: Config,
  outside: Outside,
  { db, sealer }: Base,
  logger: Logger,
  isStopping: () => boolean,
): Server {
  const metrics = makeMetrics();
  return createServer({
    db,
    sealer,
    logger,
    metrics,
    ...outside,
    settings: config.settings,
    authenticate: makeAuthenticate(db, outside.clock, config.loginFailures),
    limitRequests: makeRequestLimit(config.requestLimit),
    pages: [...healthPages(db, isStopping), metricsPage(metrics), ...referencePages(config.publicUrl)],
    trustedProxies: config.trustedProxies,
  });
}

/** Rows that one statement of the tidying may drop: nobody shall wait for it. */
const tidyRows = 100;

/** Drops, now and every hour, what is kept only for a while. Answers how to stop, which waits for what is under way. */
function startTidying(db: Db, clock: Clock, settings: Settings, logger: Logger): () => Promise<void> {
  let stopped = false;
  const repeat = async (dropSome: () => Promise<number>) => {
    while (!stopped && (await dropSome()) === tidyRows);
  };
  const tidy = async () => {
    try {
      const now = clock();
      await repeat(() => deleteExpiredHolds(db, holdStart(now, settings), tidyRows));
      await repeat(() => purgeDeletedPowerpacks(db, restoreStart(now, settings), tidyRows));
    } catch (error) {
      logger.error({ err: error }, 'tidying failed');
    }
  };
  let underWay = tidy();
  const timer = setInterval(() => {
    underWay = underWay.then(tidy);
  }, hourMs);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await underWay;
  };
}

interface Addresses {
  readonly url: string;
  readonly tlsUrl: string | undefined;
}

async function listen(config: Config, { clock }: Outside, server: Server): Promise<Addresses> {
  const certificates = await readCertificates(join(config.dataDir, 'certs'), clock());
  const url = `http://${hostText(await server.listen(config.host, config.port))}`;
  if (certificates === undefined) return { url, tlsUrl: undefined };
  const tlsAddress = await server.listenTls(config.host, config.tlsPort, certificates);
  return { url, tlsUrl: `https://${hostText(tlsAddress)}` };
}

/** Host and port as they stand in a URL. */
export function hostText({ address, port }: Pick<AddressInfo, 'address' | 'port'>): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
