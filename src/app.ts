// Makes the parts of the server and joins them; the only place that does.
import { join } from 'node:path';
import { makeAuthenticator } from './accounts/authenticate.ts';
import { type FirstAccount, findFirstAccount } from './accounts/first-account.ts';
import { makeFailureLimit } from './accounts/limit-failures.ts';
import { makeRequestLimit } from './accounts/limit-requests.ts';
import { checkSecretKey } from './accounts/secret-key.ts';
import { carrierWebhookPages } from './api/carrier-webhooks.ts';
import { consolePages } from './api/console-pages.ts';
import { Idempotency } from './api/idempotency/idempotency.ts';
import { mediaPage } from './api/media-page.ts';
import { type Metrics, makeMetrics } from './api/metrics.ts';
import { OwnTransactions } from './api/own-transactions.ts';
import { healthPages, metricsPage } from './api/pages.ts';
import { referencePages } from './api/reference/reference.ts';
import { type ApiParts, routes } from './api/routes.ts';
import { createServer, type Server } from './api/server.ts';
import { RequestLog } from './audit/requests/request-log.ts';
import { systemClock } from './base/clock.ts';
import type { Config } from './base/config.ts';
import { NotNow } from './base/errors.ts';
import { hostText } from './base/host-text.ts';
import { uuidv7 } from './base/id.ts';
import { InFlightTracker } from './base/in-flight.ts';
import type { Logger } from './base/logger.ts';
import { packageVersion } from './base/package-version.ts';
import { systemTimers, waitFor } from './base/timers.ts';
import type { Tracer } from './base/tracer.ts';
import { VirtualClock } from './base/virtual-clock.ts';
import type { Carrier } from './carriers/carrier.ts';
import { pathSecretOf } from './carriers/http/webhook-urls.ts';
import { makeCarrier } from './carriers/make-carrier.ts';
import { noRecordLog, openRecordLog } from './carriers/simulator/record-log.ts';
import { loadRules } from './carriers/simulator/rule-file.ts';
import { Simulator } from './carriers/simulator/simulator.ts';
import type { Db } from './db/db.ts';
import { planningOnce } from './db/planning-once.ts';
import { openReplica } from './db/replica/open-replica.ts';
import { measureEveryMs, ReadReplica } from './db/replica/read-replica.ts';
import { shareConnections } from './db/share-connections.ts';
import { AccountResets } from './events/account-resets.ts';
import type { AccountWatchers } from './events/account-watchers.ts';
import { type ConnectedProcesses, connectProcesses } from './events/connect-processes.ts';
import type { Notifier } from './events/notifier.ts';
import { firstRequestWaitMs } from './http/idempotency-key.ts';
import { MessageAcceptor } from './messages/accept/message-acceptor.ts';
import { makeCarriersOf } from './messages/dispatch/carriers-of-job.ts';
import { readBacklog } from './messages/outbox/sender-queue-store.ts';
import type { Base, Environment } from './open-base.ts';
import { PoolCache } from './powerpacks/selection/pool-cache.ts';
import { makeCarrierEvents } from './roles/carrier-events.ts';
import { requireSameTime, startClockWatch } from './roles/clock-watch.ts';
import { startDispatcher } from './roles/dispatcher.ts';
import { startEndingDrains } from './roles/end-drains.ts';
import { endOldLeases } from './roles/end-old-leases.ts';
import { startFollowingRoutes } from './roles/follow-routes.ts';
import { startRetention } from './roles/retention.ts';
import { type RunningCarriers, startCarriers } from './roles/run-carriers.ts';
import { startWatchingIncidents } from './roles/watch-incidents.ts';
import { makeBindLeases } from './routing/bind-lease-store.ts';
import { type CarrierFile, loadCarrierFile } from './routing/carrier-file.ts';
import { makeInboundMarks } from './routing/inbound-mark-store.ts';
import { Routing } from './routing/routing.ts';
import { serveConnect } from './tls/connect-proxy.ts';
import { readCertificates } from './tls/read-certificates.ts';
import { adviceFor, vendorHosts } from './tls/vendor-hosts.ts';
import type { Tracing } from './tracing/open-telemetry.ts';
import { CallbackQueue } from './webhooks/callback-queue.ts';
import { type HttpClient, type HttpClientOptions, makeHttpClient } from './webhooks/http/http-client.ts';
import { signCallback } from './webhooks/http/sign.ts';

export interface App {
  readonly url: string;
  /** Set when there are certificates. */
  readonly tlsUrl: string | undefined;
  /** The account that the configuration names, the oldest, or the one that this start made. */
  readonly account: FirstAccount;
  readonly db: Db;
  readonly server: Server;
  readonly logger: Logger;
  readonly simulator: Simulator;
  /** Background work that is running. */
  readonly inFlight: InFlightTracker;
  /** Reads the file of carriers again. One that is wrong is logged, and changes nothing. */
  reloadCarriers(): Promise<void>;
  /** Stops everything in reverse order: the HTTP server first, the database last. Later calls wait for the same stop. */
  stop(): Promise<void>;
}

/**
 * Starts the server on an opened database, which it closes when it stops or cannot start. It listens before it makes the first
 * account, whose token is shown once: nothing may fail after that. Until there is an account all logins fail.
 */
export async function serve(
  config: Config,
  environment: Environment,
  base: Base,
  logger: Logger,
): Promise<App> {
  let stopping: Promise<void> | undefined;
  let url = config.publicUrl ?? '';
  let { operatorId } = config;
  let background = noBackground;
  const tracing = await startTracingIf(config);
  const simulation = await makeSimulation(config, environment, base, logger);
  const processes = connect(config, base.db, logger);
  const given = { config, environment, base, simulation, tracer: tracing?.tracer, logger };
  const parts = makeParts(given, processes);
  const server = makeServer(parts, {
    isStopping: () => stopping !== undefined,
    publicUrl: () => url,
    operatorId: () => operatorId,
    carrierOf: (name) => background.carrierOf(name),
  });
  const proxy = serveConnect(server.http, {
    hosts: vendorHosts,
    tlsServer: server.tls,
    newId: () => uuidv7(environment.clock(), environment.randomBytes),
  });
  const close = async (deadlineMs: number) => {
    const deadline = new Date(systemTimers.now().getTime() + deadlineMs);
    const cutOff = new Promise<void>((resolve) => void systemTimers.at(deadline, resolve));
    await server.close(deadlineMs);
    proxy.closeTunnels();
    await background.stop(cutOff);
    await processes.close();
    await Promise.race([parts.requestLog.flush(), cutOff]);
    await parts.replica?.close();
    await tracing?.stop();
    await base.db.close();
  };
  try {
    const carrierFile = readCarrierFile(config);
    await parts.routing.reload(base.db);
    const addresses = await listen(config, environment, server, logger);
    url = config.publicUrl ?? addresses.url;
    if (sharesTime(parts)) await requireSameTime(base.db, environment.clock);
    await checkSecretKey(base.db, base.encrypter);
    const account = await findFirstAccount(base.accountFactory(), config.firstAccount);
    // Of accounts that were made at one moment of a frozen clock none is the oldest.
    operatorId ??= account.authId;
    background = await startBackground(parts, carrierFile, url, () => operatorId);
    logger.info({ engine: base.db.engine, ...addresses }, 'listening');

    const stop = async () => {
      logger.info({}, 'stopping');
      server.endConnections();
      // A connection that a load balancer makes in the moment in which the listener is closed would be reset, with its request.
      if (config.drainMs > 0) await waitFor(systemTimers, config.drainMs);
      await close(config.stopMs);
      logger.info({}, 'stopped');
    };
    return {
      url,
      tlsUrl: addresses.tlsUrl,
      account,
      db: base.db,
      server,
      logger,
      simulator: simulation.simulator,
      inFlight: simulation.inFlight,
      reloadCarriers: () => background.reloadCarriers(),
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

/**
 * Returns whether the database has a clock of its own, and this process uses the machine's: a virtual clock agrees with no
 * other.
 */
const sharesTime = ({ base, environment }: Pick<Parts, 'base' | 'environment'>): boolean =>
  base.db.engine === 'postgresql' && environment.timers === systemTimers;

/** The parts of the server and of its background loops. */
interface Parts {
  readonly config: Config;
  /** Where reads that may lag go. */
  readonly replica: ReadReplica | undefined;
  /** The routes that this process goes by. */
  readonly routing: Routing;
  /** The pools that this process sends from. */
  readonly pools: PoolCache;
  readonly environment: Environment;
  readonly base: Base;
  readonly simulation: Simulation;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly resets: AccountResets;
  readonly watchers: AccountWatchers;
  readonly metrics: Metrics;
  readonly requestLog: RequestLog;
  /** Where tracing is on. */
  readonly tracer: Tracer | undefined;
  readonly logger: Logger;
}

/** The parts that the others are made from. */
type GivenParts = Pick<Parts, 'config' | 'environment' | 'base' | 'simulation' | 'tracer' | 'logger'>;

function makeParts(given: GivenParts, { notifier, watchers }: ConnectedProcesses): Parts {
  const { config, base, simulation, logger } = given;
  const routing = new Routing(config.simulator.isOn);
  const metrics = makeMetrics(() => readBacklog(base.db), systemTimers);
  return {
    ...given,
    replica: makeReplica(config, base.db, simulation.inFlight, logger),
    routing,
    pools: new PoolCache(config.settings, () => routing.table),
    notifier,
    callbacks: new CallbackQueue(notifier),
    resets: new AccountResets(),
    watchers,
    metrics,
    requestLog: new RequestLog({
      db: base.db,
      timers: systemTimers,
      days: config.settings.requestLogDays,
      countUnlogged: metrics.countUnlogged,
      logger,
    }),
  };
}

/** Connects this process with the others that share its database. */
function connect(
  { databaseUrl, databaseListenUrl, readReplica }: Config,
  db: Db,
  logger: Logger,
): ConnectedProcesses {
  return connectProcesses({
    databaseUrl,
    databaseListenUrl,
    db,
    readLagMs: readReplica === undefined ? 0 : readReplica.maxLagMs + measureEveryMs,
    timers: systemTimers,
    onWarning: (message, error) => logger.warn({ err: error }, message),
  });
}

/** The background work. */
interface Background {
  /** Returns a carrier that runs. Throws `NotNow` where no carriers do. */
  carrierOf(name: string): Carrier | undefined;
  reloadCarriers(): Promise<void>;
  /** Stops it, and at `cutOff` what has not ended by then. */
  stop(cutOff: Promise<void>): Promise<void>;
}

/** The background work before it starts. */
const noBackground: Background = {
  carrierOf() {
    throw new NotNow('this process runs no carriers at this moment');
  },
  reloadCarriers: async () => {},
  stop: async () => {},
};

/** Returns an HTTP client of this server, for customers' URLs or for a carrier. */
function makeClientFor(
  limits: Pick<HttpClientOptions, 'timeoutMs' | 'callsPerHost' | 'allowedNetworks'>,
): HttpClient {
  return makeHttpClient({ ...limits, userAgent: `rucksack/${packageVersion()}`, timers: systemTimers });
}

/** Returns the replica that reads go to, where there is one and this process answers any. */
function makeReplica(
  { readReplica, databaseConnections, roles }: Config,
  primary: Db,
  inFlight: InFlightTracker,
  logger: Logger,
): ReadReplica | undefined {
  if (readReplica === undefined || !roles.includes('api')) return undefined;
  return new ReadReplica({
    primary,
    replica: openReplica(readReplica.url, databaseConnections, systemTimers),
    maxLagMs: readReplica.maxLagMs,
    timers: systemTimers,
    inFlight,
    onChange: (isUsed, why) =>
      isUsed
        ? logger.info({}, `reads that may lag go to the standby: ${why}`)
        : logger.warn({}, `reads that may lag do not go to the standby: ${why}`),
  });
}

/** Starts tracing where the settings ask for it. Its library is loaded only then. */
async function startTracingIf({ isTracingOn }: Config): Promise<Tracing | undefined> {
  if (!isTracingOn) return undefined;
  const { startTracing } = await import('./tracing/open-telemetry.ts');
  return startTracing(packageVersion(), systemTimers);
}

/** Returns what RUCKSACK_CARRIERS says. Carriers are the dispatcher's: other processes need no file. */
function readCarrierFile(config: Config): CarrierFile {
  const { carriersPath, roles, simulator, secretVariable, publicUrl } = config;
  if (carriersPath === undefined || !roles.includes('dispatcher')) return { carriers: [], routes: [] };
  return loadCarrierFile(carriersPath, {
    variable: secretVariable,
    hasSimulator: simulator.isOn,
    hasPublicUrl: publicUrl !== undefined,
  });
}

/** Returns how many connections background work may have at once: half of them where there are requests, which get the others. */
function backgroundConnections({ base, config }: Pick<Parts, 'base' | 'config'>): number {
  if (base.db.engine === 'embedded') return 1;
  const { databaseConnections, roles } = config;
  return roles.includes('api') ? Math.floor(databaseConnections / 2) : databaseConnections;
}

/** Returns what all background work uses. */
function makeWork({ config, pools, environment, base, simulation, ...parts }: Parts) {
  const { timers, randomBytes } = environment;
  const { notifier, callbacks, tracer, logger } = parts;
  return {
    db: shareConnections(base.db, backgroundConnections({ base, config })),
    encrypter: base.encrypter,
    timers,
    realTimers: systemTimers,
    randomBytes,
    newId: () => uuidv7(timers.now(), randomBytes),
    inFlight: simulation.inFlight,
    settings: config.settings,
    pools,
    notifier,
    callbacks,
    tracer,
    logger,
  };
}

/** Starts the background work: carriers and the dispatcher where this process has that role, retention. */
async function startBackground(
  parts: Parts,
  carrierFile: CarrierFile,
  publicUrl: string,
  operatorId: () => string | undefined,
): Promise<Background> {
  const { config, routing, simulation, metrics } = parts;
  const work = makeWork(parts);
  const { db, timers, inFlight, settings, logger } = work;
  const client = makeClientFor(config.webhooks);
  if (db.engine === 'embedded') await endOldLeases(db);
  const dispatching = config.roles.includes('dispatcher')
    ? await startDispatching(parts, { ...work, client, publicUrl }, carrierFile)
    : undefined;
  const carriers = dispatching?.carriers;
  metrics.measureCarriers(() => carriers?.registry.values() ?? []);
  if (parts.replica !== undefined) metrics.measureReplica(parts.replica);
  const routes = carriers === undefined ? startFollowingRoutes({ ...work, routing }) : undefined;
  const stopRetention = startRetention(work);
  const drains = startEndingDrains(work);
  const incidents = startWatchingIncidents({
    ...work,
    rules: () => ({ limits: settings.limits, operatorId: operatorId() }),
  });
  const clockWatch = sharesTime(parts) ? startClockWatch(db, timers, inFlight, logger) : undefined;
  const endResets = parts.resets.on({ forget: ({ mainId }) => simulation.simulator.forget(mainId) });
  return {
    carrierOf: carriers === undefined ? noBackground.carrierOf : (name) => carriers.registry.get(name),
    reloadCarriers: async () => carriers?.reload(),
    async stop(cutOff) {
      // Webhooks that are unanswered by then are sent again after the next start.
      void cutOff.then(() => client.close());
      endResets();
      await clockWatch?.stop();
      await routes?.stop();
      await dispatching?.stopLoops(cutOff);
      await stopRetention();
      await drains.stop();
      await incidents.stop();
      await Promise.race([carriers?.stop(), cutOff]);
      await Promise.race([inFlight.idle(), cutOff]);
      await client.close();
    },
  };
}

/** The parts that all background work uses, and those of dispatching. */
interface DispatchingWork extends ReturnType<typeof makeWork> {
  readonly client: HttpClient;
  readonly publicUrl: string;
}

/** The carriers of this process, and the loops that give them messages and tell customers what became of these. */
interface Dispatching {
  readonly carriers: RunningCarriers;
  /** Stops the loops, which need the carriers, and at `cutOff` what has not ended by then. */
  readonly stopLoops: (cutOff: Promise<void>) => Promise<void>;
}

async function startDispatching(
  { config, routing, base, simulation, resets, metrics }: Parts,
  work: DispatchingWork,
  carrierFile: CarrierFile,
): Promise<Dispatching> {
  const { encrypter, randomBytes, newId, publicUrl, logger } = work;
  const hotDb = planningOnce(work.db);
  let carriers: RunningCarriers | undefined;
  // A carrier may bring messages while the others are still being started.
  const noteForeign = (name: string) => carriers?.registry.get(name)?.noteForeign?.();
  const carrierParts = {
    simulator: simulation.simulator,
    timers: systemTimers,
    randomBytes,
    leases: makeBindLeases(work.db, newId()),
    marks: makeInboundMarks(base.db, systemTimers.now),
    makeClient: makeClientFor,
    pathSecretOf: (name: string) => pathSecretOf(encrypter, name),
    publicUrl: () => publicUrl,
    signPlivo: signCallback,
    logger,
  };
  carriers = await startCarriers({
    ...work,
    make: (entry) => makeCarrier(entry, carrierParts),
    eventsOf: makeCarrierEvents({
      ...work,
      db: hotDb,
      inboundDb: planningOnce(base.db),
      countReport: metrics.countReport,
      routing,
      noteForeign,
    }),
    routing,
    file: carrierFile,
    loadFile: () => readCarrierFile(config),
    hasSimulator: config.simulator.isOn,
  });
  const stopLoops = startDispatcher({
    ...work,
    db: hotDb,
    resets,
    carriers: carriers.registry,
    carriersOf: makeCarriersOf(routing),
    hasCarrier: (name) => routing.hasCarrier(name),
    isUpElsewhere: carriers.isUpElsewhere,
    routing,
    noteForeign,
    webhooks: config.webhooks,
    metrics,
  });
  return { carriers, stopLoops };
}

/** The carrier, and the parts that the API needs to control it and the clock. */
interface Simulation {
  readonly simulator: Simulator;
  readonly virtualClock: VirtualClock | undefined;
  readonly inFlight: InFlightTracker;
}

async function makeSimulation(
  { simulator: { rulesPath, seed, logPath }, virtualClock }: Config,
  { timers }: Environment,
  { db }: Base,
  logger: Logger,
): Promise<Simulation> {
  const inFlight = new InFlightTracker();
  try {
    const simulator = new Simulator({
      timers,
      inFlight,
      seed,
      rules: rulesPath === undefined ? [] : loadRules(rulesPath),
      log: logPath === undefined ? noRecordLog : openRecordLog(logPath, systemClock),
      onError: (error) =>
        logger.warn({ err: error }, 'the simulator could not tell what it has to, and tries again'),
    });
    const isTurned = virtualClock !== 'off' && timers instanceof VirtualClock;
    return { simulator, virtualClock: isTurned ? timers : undefined, inFlight };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** The facts that the server asks of its process at each request. */
interface ProcessFacts {
  readonly isStopping: () => boolean;
  readonly publicUrl: () => string;
  readonly operatorId: () => string | undefined;
  readonly carrierOf: (name: string) => Carrier | undefined;
}

function makeServer(parts: Parts, facts: ProcessFacts): Server {
  const { config, replica, environment, metrics, logger } = parts;
  const { db, encrypter } = parts.base;
  const ownTransactions = new OwnTransactions(db);
  return createServer({
    db,
    logger,
    metrics,
    requestLog: parts.requestLog,
    tracer: parts.tracer,
    notifier: parts.notifier,
    callbacks: parts.callbacks,
    clock: environment.clock,
    randomBytes: environment.randomBytes,
    idempotency: new Idempotency({
      db,
      ownTransactions,
      encrypter,
      timers: systemTimers,
      waitMs: firstRequestWaitMs,
    }),
    ownTransactions,
    replica,
    endpointParts: makeEndpointParts(parts, facts),
    authenticator: makeAuthenticator(planningOnce(db), environment.clock, config.loginFailures),
    requestLimit: makeRequestLimit(config.requestLimit),
    // A process that only dispatches refuses the API; it has the pages, and takes carriers' webhooks.
    routes: config.roles.includes('api') ? routes : [],
    pages: [
      ...healthPages(db, replica, facts.isStopping),
      metricsPage(metrics),
      ...referencePages(config.publicUrl),
      ...consolePages(),
      mediaPage(db),
    ],
    webhookPages: carrierWebhookPages({
      carrierOf: facts.carrierOf,
      failureLimit: makeFailureLimit(config.loginFailures),
      logger,
    }),
    trustedProxies: config.trustedProxies,
  });
}

function makeEndpointParts(parts: Parts, { publicUrl, operatorId }: ProcessFacts): ApiParts {
  const { config, simulation, notifier, callbacks } = parts;
  const { db, encrypter } = parts.base;
  const { settings } = config;
  const { randomBytes } = parts.environment;
  const accepting = {
    db,
    settings,
    pools: parts.pools,
    notifier,
    callbacks,
    randomBytes,
    realTimers: systemTimers,
    tracer: parts.tracer,
  };
  return {
    settings,
    encrypter,
    randomBytes,
    publicUrl,
    acceptor: new MessageAcceptor(accepting),
    notifier,
    callbacks,
    requestLog: parts.requestLog,
    watchers: parts.watchers,
    realTimers: systemTimers,
    ...simulation,
    resets: parts.resets,
    isTestKitOn: config.isTestKitOn,
    dataDir: config.dataDir,
    copyTo: db.copyTo,
    operating: { operatorId, hasSimulator: config.simulator.isOn },
    // Rules and handsets belong to the process that talks to the carrier.
    simulator: config.roles.includes('dispatcher') ? simulation.simulator : undefined,
  };
}

interface Addresses {
  readonly url: string;
  readonly tlsUrl: string | undefined;
}

async function listen(
  config: Config,
  { clock }: Environment,
  server: Server,
  logger: Logger,
): Promise<Addresses> {
  const certificates = config.isEphemeral
    ? undefined
    : await readCertificates(join(config.dataDir, 'certs'), clock());
  const url = `http://${hostText(await server.listen(config.host, config.port))}`;
  if (certificates === undefined) return { url, tlsUrl: undefined };
  if (certificates.missingHosts.length > 0) {
    logger.warn({}, `the certificate is old: ${adviceFor(certificates.missingHosts)}`);
  }
  const tlsAddress = await server.listenTls(config.host, config.tlsPort, certificates);
  return { url, tlsUrl: `https://${hostText(tlsAddress)}` };
}
