// The SQL of carriers' states: each process that runs carriers writes how they are, and any process can tell.
import {
  type CarrierStatus,
  type CarrierWarning,
  carrierWarnings,
  type LinkStatus,
} from '../carriers/carrier.ts';
import type { Reader } from '../db/db.ts';

/** A process writes its states twice in so long (`src/roles/publish-carrier-states.ts`): those of one that has not count no more. */
const aliveSeconds = 45;
/** After so long without a word the states of a process are deleted. */
const keptSeconds = 180;

interface StoredLink extends Omit<LinkStatus, 'since' | 'unansweredSince'> {
  readonly since: string;
  readonly unansweredSince?: string;
}

const linkFromStored = ({ since, unansweredSince, ...link }: StoredLink): LinkStatus => ({
  ...link,
  since: new Date(since),
  unansweredSince: unansweredSince === undefined ? undefined : new Date(unansweredSince),
});

/** A state as it is stored; what has no limit is null, as JSON has it. */
interface StoredState {
  state: CarrierStatus['state'];
  room: number | null;
  lastError: { at: string; text: string } | null;
  counts: Record<string, number>;
  /** These are absent in what older versions wrote, and where there is none. */
  answers?: Record<string, number>;
  links?: StoredLink[];
  rate?: number;
  throttledMs?: number;
  warnings?: CarrierWarning[];
  nameRule?: string;
}

/** The state of one carrier in all processes together. */
export interface CarrierState {
  /** `up` where it is up in any process, else as it is in the first. */
  readonly state: CarrierStatus['state'];
  /** Segments that it would take now in all; `undefined` where there is no limit. */
  readonly room: number | undefined;
  readonly lastError: { readonly at: Date; readonly text: string } | undefined;
  readonly counts: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
  readonly links: readonly LinkStatus[];
  /** Segments a second that are possible now in all; `undefined` where there is no limit. */
  readonly rate: number | undefined;
  readonly throttledMs: number;
  readonly warnings: readonly CarrierWarning[];
  /** How names in reports differ from those that the carrier gave; `undefined` where no process knows. */
  readonly nameRule: string | undefined;
  /** Count of the processes that run it. */
  readonly processes: number;
}

/** Writes the states of a process's carriers, and deletes those of carriers that it no longer runs and of processes that have stopped writing. */
export async function writeStates(
  db: Reader,
  process: string,
  states: ReadonlyMap<string, CarrierStatus>,
): Promise<void> {
  await db.query(
    `with stated as (select * from jsonb_to_recordset($2::jsonb) as stated (carrier text, state jsonb)),
     gone as (
       delete from carrier_states where process = $1 and carrier not in (select carrier from stated)
         or at < clock_timestamp() - $3 * interval '1 second' and process <> $1)
     insert into carrier_states (carrier, process, state, at)
     select carrier, $1, state, clock_timestamp() from stated order by carrier
     on conflict (carrier, process) do update set state = excluded.state, at = excluded.at`,
    [process, JSON.stringify([...states].map(([carrier, state]) => ({ carrier, state }))), keptSeconds],
  );
}

/** Deletes the states of all processes. Safe only while none runs. */
export async function forgetAllStates(db: Reader): Promise<void> {
  await db.query('delete from carrier_states');
}

/** Returns the carriers that are up in processes other than this one, as far as these have said so of late. */
export async function listUpElsewhere(db: Reader, process: string): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ carrier: string }>(
    `select distinct carrier from carrier_states
     where process <> $1 and at > clock_timestamp() - $2 * interval '1 second' and state ->> 'state' = 'up'`,
    [process, aliveSeconds],
  );
  return new Set(rows.map(({ carrier }) => carrier));
}

/** Returns how carriers are, by their names, as processes have said of late; of one that no process runs there is nothing. */
export async function readStates(db: Reader): Promise<ReadonlyMap<string, CarrierState>> {
  const rows = await db.query<{ carrier: string; state: StoredState }>(
    `select carrier, state from carrier_states where at > clock_timestamp() - $1 * interval '1 second'
     order by carrier, process`,
    [aliveSeconds],
  );
  const byCarrier = new Map<string, StoredState[]>();
  for (const { carrier, state } of rows) {
    byCarrier.set(carrier, [...(byCarrier.get(carrier) ?? []), state]);
  }
  return new Map([...byCarrier].map(([carrier, states]) => [carrier, together(states)]));
}

function together(states: readonly StoredState[]): CarrierState {
  const errors = states.flatMap(({ lastError }) => lastError ?? []).sort((a, b) => b.at.localeCompare(a.at));
  const [newest] = errors;
  return {
    state: states.find(({ state }) => state === 'up')?.state ?? states[0]?.state ?? 'down',
    room: sumOfLimits(states.map(({ room }) => room ?? undefined)),
    lastError: newest === undefined ? undefined : { at: new Date(newest.at), text: newest.text },
    counts: sumByName(states.map(({ counts }) => counts)),
    answers: sumByName(states.map(({ answers = {} }) => answers)),
    links: states
      .flatMap(({ links = [] }) => links.map(linkFromStored))
      .sort((one, other) => one.bind - other.bind || one.role.localeCompare(other.role)),
    rate: sumOfLimits(states.map(({ rate }) => rate)),
    throttledMs: states.reduce((sum, { throttledMs = 0 }) => sum + throttledMs, 0),
    warnings: carrierWarnings.filter((warning) => states.some(({ warnings }) => warnings?.includes(warning))),
    nameRule: states.find(({ nameRule }) => nameRule !== undefined)?.nameRule,
    processes: states.length,
  };
}

/** Returns the sum of limits; `undefined` where one of them is none. */
const sumOfLimits = (limits: readonly (number | undefined)[]): number | undefined =>
  limits.reduce((sum, limit) => (sum === undefined || limit === undefined ? undefined : sum + limit), 0);

function sumByName(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of all.flatMap(Object.entries<number>)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** Returns how many reports of each carrier wait for a message that they belong to; carriers without such reports are absent. */
export async function countWaitingReports(db: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ carrier: string; reports: number }>(
    'select carrier, reports from waiting_reports',
  );
  return new Map(rows.map(({ carrier, reports }) => [carrier, reports]));
}
