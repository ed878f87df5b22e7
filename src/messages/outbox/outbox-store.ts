// SQL of the outbox: the jobs of sender queues, and the changes that dispatching makes to them.
import type { TraceContext } from '../../base/tracer.ts';
import type { DltIds } from '../../carriers/carrier.ts';
import type { Reader, Transaction } from '../../db/db.ts';
import type { Service } from '../../telecom/service.ts';
import type { MessageDetails } from '../message.ts';
import { bulkPositions } from './bulk-positions.ts';

/** A place in the outbox. */
export interface Place {
  readonly queue: string;
  readonly position: number;
}

export interface NewJob extends Place {
  readonly messageId: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  readonly busyMs: number;
  /** Whether it goes to people who have opted out as well. */
  readonly passesOptOut: boolean;
  /** When quiet hours of its recipient begin; `undefined` without any. */
  readonly quietFrom: Date | undefined;
  /** It does not go before, though its number may be free: quiet hours of its recipient come first. */
  readonly notBefore: Date | undefined;
}

const insertSql = `
  insert into outbox (queue, position, message_id, due_at, expires_at, busy_ms, passes_opt_out, quiet_from, not_before)
  select * from unnest(
    $1::text[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::integer[], $7::boolean[],
    $8::timestamptz[], $9::timestamptz[])`;

/** Adds messages to their sender queues at the places that `reserve` gave them, which counts them as queued. */
export function insertJobs(tx: Transaction, jobs: readonly NewJob[]): void {
  if (jobs.length === 0) return;
  tx.send(insertSql, [
    ...places(jobs),
    jobs.map(({ messageId }) => messageId),
    jobs.map(({ dueAt }) => dueAt),
    jobs.map(({ expiresAt }) => expiresAt),
    jobs.map(({ busyMs }) => busyMs),
    jobs.map(({ passesOptOut }) => passesOptOut),
    jobs.map(({ quietFrom }) => quietFrom ?? null),
    jobs.map(({ notBefore }) => notBefore ?? null),
  ]);
}

/** A queued message with all that its dispatch needs. */
export interface Job extends NewJob {
  /** How often it was tried before. */
  readonly attempts: number;
  /** How often the carrier refused it for now, for what may be its own fault, while this process has held it. */
  readonly refusals: number;
  /** Whether the last try of it has no known end: it was perhaps submitted. */
  readonly isOutcomeUnknown: boolean;
  /** How many tries of it have no known end. */
  readonly unknownAttempts: number;
  /** The carrier that it was submitted to last; undefined before the first try. */
  readonly carrier: string | undefined;
  /** How many of its parts that carrier has for certain. */
  readonly partsTaken: number;
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly powerpackUuid: string | undefined;
  readonly sender: string;
  readonly destination: string;
  /** Of the destination. */
  readonly countryIso2: string;
  readonly service: Service;
  readonly text: string;
  readonly segments: number;
  readonly dlt: DltIds;
  /** The 10DLC campaign whose limits it keeps to. */
  readonly campaignId: string | undefined;
  /** The carrier that a test message goes to, whatever the routes say. */
  readonly onlyCarrier: string | undefined;
  /** Of its acceptance, where tracing was on. */
  readonly trace: TraceContext | undefined;
}

interface JobRow {
  queue: string;
  position: number;
  message_id: string;
  due_at: Date;
  expires_at: Date;
  busy_ms: number;
  passes_opt_out: boolean;
  quiet_from: Date | null;
  not_before: Date | null;
  attempts: number;
  submitting_at: Date | null;
  unknown_attempts: number;
  carrier: string | null;
  parts_taken: number;
  /** Null where the message is gone. */
  account_id: string | null;
  subaccount_id: string | null;
  powerpack_uuid: string | null;
  sender: string;
  destination: string;
  country_iso2: string;
  service: Service;
  text: string | null;
  segments: number;
  details: MessageDetails | null;
  paced_until: Date | null;
}

const loadSql = `
  select jobs.*, sender_queues.paced_until, messages.account_id, messages.subaccount_id, messages.powerpack_uuid, messages.sender, messages.destination, messages.country_iso2,
    messages.service, messages.text, messages.segments, messages.details
  from unnest($1::text[], $2::bigint[], $3::integer[], $4::bigint[], $5::integer[])
    as wanted (queue, after, most, after_bulk, most_bulk)
  -- Found by its name alone, whatever the statistics say of the table.
  cross join lateral (select paced_until from sender_queues where sender_queues.queue = wanted.queue limit 1) sender_queues
  cross join lateral (
    (select * from outbox
      where outbox.queue = wanted.queue and position > wanted.after and position < ${bulkPositions}
      order by position limit wanted.most)
    union all
    (select * from outbox where outbox.queue = wanted.queue and position > wanted.after_bulk
      order by position limit wanted.most_bulk)
  ) jobs
  left join messages on messages.id = jobs.message_id
  order by jobs.queue, jobs.position`;

/** Which jobs of a sender queue are wanted: those after a position, so many at most; of those that are not bulk, and of those that are. */
interface WantedJobs {
  readonly queue: string;
  readonly after: number;
  readonly most: number;
  readonly afterBulk: number;
  readonly mostBulk: number;
}

/**
 * Jobs that were read: the next ones of each sender queue in order, until when the number is busy with those before them that are recorded, and
 * the places of those whose message is gone.
 */
interface LoadedJobs {
  readonly byQueue: ReadonlyMap<string, readonly Job[]>;
  readonly pacedUntil: ReadonlyMap<string, Date>;
  readonly orphans: readonly Place[];
}

/** Returns the next jobs of each sender queue. */
export async function loadJobs(db: Reader, wanted: readonly WantedJobs[]): Promise<LoadedJobs> {
  const byQueue = new Map<string, Job[]>();
  const pacedUntil = new Map<string, Date>();
  const orphans: Place[] = [];
  const rows = await db.query<JobRow>(loadSql, [
    wanted.map(({ queue }) => queue),
    wanted.map(({ after }) => after),
    wanted.map(({ most }) => most),
    wanted.map(({ afterBulk }) => afterBulk),
    wanted.map(({ mostBulk }) => mostBulk),
  ]);
  for (const row of rows) {
    const { queue, position, account_id: accountId } = row;
    if (row.paced_until !== null) pacedUntil.set(queue, row.paced_until);
    if (accountId === null) {
      orphans.push({ queue, position });
      continue;
    }
    const jobs = byQueue.get(queue) ?? [];
    byQueue.set(queue, jobs);
    jobs.push(jobFromRow(row, accountId));
  }
  return { byQueue, pacedUntil, orphans };
}

function jobFromRow(row: JobRow, accountId: string): Job {
  return {
    queue: row.queue,
    position: row.position,
    messageId: row.message_id,
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    busyMs: row.busy_ms,
    passesOptOut: row.passes_opt_out,
    quietFrom: row.quiet_from ?? undefined,
    notBefore: row.not_before ?? undefined,
    attempts: row.attempts,
    refusals: 0,
    isOutcomeUnknown: row.submitting_at !== null,
    unknownAttempts: row.unknown_attempts,
    carrier: row.carrier ?? undefined,
    partsTaken: row.parts_taken,
    accountId,
    subaccountId: row.subaccount_id ?? undefined,
    powerpackUuid: row.powerpack_uuid ?? undefined,
    sender: row.sender,
    destination: row.destination,
    countryIso2: row.country_iso2,
    service: row.service,
    text: row.text ?? '',
    segments: row.segments,
    campaignId: row.details?.campaignId,
    onlyCarrier: row.details?.carrier,
    trace: row.details?.trace,
    dlt: {
      entityId: row.details?.dltEntityId,
      templateId: row.details?.dltTemplateId,
      templateCategory: row.details?.dltTemplateCategory,
    },
  };
}

// Leases run by the database's clock: that of the machines may differ, and that of messages may be turned.
const isFreeSql = `
  queued > 0 and (holder is null
    or holder <> all(array(select dispatchers.holder from dispatchers where held_until >= clock_timestamp())))`;

const claimSql = (which: string) => `
  with free as materialized (
    select queue from sender_queues where ${isFreeSql} ${which}
    order by queue limit $3
    for update skip locked)
  update sender_queues set
    holder = $1,
    -- Late messages go first, at the queue's pace: new send slots come after them.
    next_free = greatest(
      next_free,
      $2::timestamptz + (
        select coalesce(sum(busy_ms), 0) from outbox where outbox.queue = sender_queues.queue and position < ${bulkPositions}
      ) * interval '1 millisecond'),
    bulk_free = case when bulk_free is not null then greatest(
      bulk_free,
      $2::timestamptz + (
        select coalesce(sum(busy_ms), 0) from outbox where outbox.queue = sender_queues.queue
      ) * interval '1 millisecond') end
  where queue = any(array(select queue from free))
  returning sender_queues.queue, sender_queues.paced_until`;

/** Reads sender queues in the order of their names, until there are enough. */
export const claimAnySql: string = claimSql('');
const claimNamedSql = claimSql('and queue = any($4)');

interface ClaimedQueue {
  readonly queue: string;
  /** Not before this may its next message be submitted. */
  readonly pacedUntil: Date | undefined;
}

interface ClaimedRow {
  queue: string;
  paced_until: Date | null;
}

/**
 * Takes sender queues that have messages and no live holder, for as long as the holder lives; only those of `queues` when it is given.
 * `now` is the time of send slots.
 */
export async function claimQueues(
  db: Reader,
  claim: {
    readonly holder: string;
    readonly now: Date;
    readonly queues: readonly string[] | undefined;
    readonly limit: number;
  },
): Promise<ClaimedQueue[]> {
  const values = [claim.holder, claim.now, claim.limit];
  const rows = await (claim.queues === undefined
    ? db.query<ClaimedRow>(claimAnySql, values)
    : db.query<ClaimedRow>(claimNamedSql, [...values, claim.queues]));
  return rows.map(({ queue, paced_until }) => ({ queue, pacedUntil: paced_until ?? undefined }));
}

/** Reads sender queues in the order of their names, until there are enough. */
export const listFreeSql: string = `select queue from sender_queues where ${isFreeSql} order by queue limit $1`;

/** Returns sender queues that have messages and no live holder, `limit` at most. */
export async function listFreeQueues(db: Reader, limit: number): Promise<string[]> {
  const rows = await db.query<{ queue: string }>(listFreeSql, [limit]);
  return rows.map(({ queue }) => queue);
}

/** Returns the sender queues in which something is queued. */
export async function queuesWithJobs(db: Reader, queues: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ queue: string }>(
    'select queue from sender_queues where queue = any($1) and queued > 0',
    [queues],
  );
  return rows.map(({ queue }) => queue);
}

/** Returns those of the sender queues that are the holder's. */
export async function queuesOfHolder(
  db: Reader,
  holder: string,
  queues: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ queue: string }>(
    'select queue from sender_queues where queue = any($2) and holder = $1',
    [holder, queues],
  );
  return new Set(rows.map(({ queue }) => queue));
}

/** Returns all sender queues that are the holder's. */
export async function allQueuesOfHolder(db: Reader, holder: string): Promise<string[]> {
  const rows = await db.query<{ queue: string }>('select queue from sender_queues where holder = $1', [
    holder,
  ]);
  return rows.map(({ queue }) => queue);
}

/** Ends the leases of sender queues, so that another process may take them at once. */
export async function releaseQueues(db: Reader, holder: string, queues: readonly string[]): Promise<void> {
  await db.query(
    `with held as (select queue from sender_queues where queue = any($2) and holder = $1 order by queue for update)
     update sender_queues set holder = null where queue = any(array(select queue from held))`,
    [holder, queues],
  );
}

/** Ends all leases. Only for the embedded database, before any lease is taken: no other process lives. */
export async function releaseAllQueues(db: Reader): Promise<void> {
  await db.query('update sender_queues set holder = null where holder is not null');
}

// Sender queues are locked in the order of their names: one after another, each by its name.
const lockEach = (named: string) => `
    select ${named}.* from ${named}
    cross join lateral (select from sender_queues where sender_queues.queue = ${named}.queue for update) as locked`;

const deleteSql = `
  with gone as (
    delete from outbox using unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::boolean[]) as done (queue, position, paced_until, is_unsent)
    where outbox.queue = done.queue and outbox.position = done.position
    returning outbox.queue, outbox.position, busy_ms, done.paced_until, is_unsent),
  counted as materialized (
    select queue, count(*)::integer as jobs, max(paced_until) as paced_until, bool_or(is_unsent) as frees_time,
      coalesce(sum(busy_ms) filter (where is_unsent), 0) * interval '1 millisecond' as all_time,
      coalesce(sum(busy_ms) filter (where is_unsent and position < ${bulkPositions}), 0) * interval '1 millisecond' as first_time
    from gone group by queue order by queue),
  locked as materialized (${lockEach('counted')})
  update sender_queues set
    queued = sender_queues.queued - locked.jobs,
    paced_until = greatest(sender_queues.paced_until, locked.paced_until),
    -- Where nothing is left, free now or once the last message's time is over.
    next_free = case when frees_time
      then least(next_free, greatest($5::timestamptz, sender_queues.paced_until, locked.paced_until,
        case when sender_queues.queued > locked.jobs then next_free - first_time end))
      else next_free end,
    bulk_free = case when frees_time and bulk_free is not null
      then case when sender_queues.queued > locked.jobs
        then least(bulk_free, greatest($5::timestamptz, sender_queues.paced_until, locked.paced_until, bulk_free - all_time)) end
      else bulk_free end
  from locked where sender_queues.queue = locked.queue`;

/** A job that has come to its end. */
export interface FinishedJob extends Place {
  /** Whether it was never sent, and has used none of its number's time. */
  readonly isUnsent: boolean;
}

/**
 * Deletes finished jobs from the outbox, and stores until when each sender queue is busy. The time that was reserved for unsent ones is given back: new
 * send slots come that much earlier.
 */
export function deleteJobs(
  tx: Transaction,
  done: readonly FinishedJob[],
  pacedUntil: ReadonlyMap<string, Date>,
  now: Date,
): void {
  if (done.length === 0) return;
  tx.send(deleteSql, [
    ...places(done),
    done.map(({ queue }) => pacedUntil.get(queue)),
    done.map(({ isUnsent }) => isUnsent),
    now,
  ]);
}

const deferSql = `
  with late as (
    select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::boolean[], $5::smallint[], $6::smallint[], $7::timestamptz[])
      as late (queue, position, due_at, is_outcome_unknown, unknown_attempts, parts_taken, paced_until)),
  deferred as (
    update outbox set due_at = late.due_at, submitting_at = case when late.is_outcome_unknown then submitting_at end,
      unknown_attempts = late.unknown_attempts, parts_taken = late.parts_taken
    from late where outbox.queue = late.queue and outbox.position = late.position),
  latest as materialized (
    select queue, max(due_at) as due_at, max(paced_until) as paced_until from late group by queue order by queue),
  locked as materialized (${lockEach('latest')})
  update sender_queues set next_free = greatest(next_free, locked.due_at),
    paced_until = greatest(sender_queues.paced_until, locked.paced_until)
  from locked where sender_queues.queue = locked.queue`;

/** A job that is tried again later. */
export interface DeferredJob extends Place, Pick<Job, 'isOutcomeUnknown' | 'unknownAttempts' | 'partsTaken'> {
  readonly dueAt: Date;
}

/**
 * Delays jobs that failed for now, and stores until when each sender queue is busy: a try that was refused has used its number's time. Their sender queues
 * give no earlier send slots.
 */
export function deferJobs(
  tx: Transaction,
  jobs: readonly DeferredJob[],
  pacedUntil: ReadonlyMap<string, Date>,
): void {
  if (jobs.length === 0) return;
  tx.send(deferSql, [
    ...places(jobs),
    jobs.map(({ dueAt }) => dueAt),
    jobs.map(({ isOutcomeUnknown }) => isOutcomeUnknown),
    jobs.map(({ unknownAttempts }) => unknownAttempts),
    jobs.map(({ partsTaken }) => partsTaken),
    jobs.map(({ queue }) => pacedUntil.get(queue)),
  ]);
}

/** Returns places as two columns. */
export function places(of: readonly Place[]): [queues: string[], positions: number[]] {
  return [of.map(({ queue }) => queue), of.map(({ position }) => position)];
}
