// The SQL of powerpacks.
import type { Db, Reader, Transaction } from '../db/db.ts';
import type { PageRequest } from '../http/page.ts';
import type { MessagePriority } from './message-priority.ts';
import type {
  ApplicationReference,
  NumberPriority,
  OptOutScope,
  Powerpack,
  PriorityKind,
} from './powerpack.ts';
import { parseQuietHours, writeQuietHours } from './quiet-hours.ts';

interface PowerpackRow {
  uuid: string;
  pool_uuid: string;
  account_id: string;
  name: string;
  sticky_sender: boolean;
  local_connect: boolean;
  application_id: string | null;
  application_type: ApplicationReference['applicationType'] | null;
  number_priority: PriorityEntry[];
  alphanumeric_first: boolean;
  smart_encoding: boolean;
  opt_out_scope: OptOutScope;
  quiet_hours: string | null;
  message_priority: MessagePriority;
  deletion_protection: boolean;
  warm_up: number[];
  created_at: Date;
}

/** An entry of the number priority as it lies in its JSON column. */
interface PriorityEntry {
  service_type: NumberPriority['serviceType'];
  country_iso: NumberPriority['countryIso2'];
  priority: PriorityKind[];
}

const powerpacks = `select powerpacks.uuid, powerpacks.pool_uuid, powerpacks.account_id, powerpacks.name,
    powerpacks.sticky_sender, powerpacks.local_connect, powerpacks.application_id, applications.application_type,
    powerpacks.number_priority, powerpacks.alphanumeric_first, powerpacks.smart_encoding, powerpacks.opt_out_scope,
    powerpacks.quiet_hours, powerpacks.message_priority, powerpacks.deletion_protection, powerpacks.warm_up,
    powerpacks.created_at
  from powerpacks
  left join applications on applications.app_id = powerpacks.application_id`;

function fromRow(row: PowerpackRow): Powerpack {
  return {
    uuid: row.uuid,
    poolUuid: row.pool_uuid,
    accountId: row.account_id,
    name: row.name,
    stickySender: row.sticky_sender,
    localConnect: row.local_connect,
    application:
      row.application_id === null || row.application_type === null
        ? null
        : { appId: row.application_id, applicationType: row.application_type },
    numberPriority: row.number_priority.map((entry) => ({
      serviceType: entry.service_type,
      countryIso2: entry.country_iso,
      order: entry.priority,
    })),
    alphanumericFirst: row.alphanumeric_first,
    smartEncoding: row.smart_encoding,
    optOutScope: row.opt_out_scope,
    warmUp: row.warm_up,
    messagePriority: row.message_priority,
    quietHours: row.quiet_hours === null ? null : (parseQuietHours(row.quiet_hours) ?? null),
    deletionProtection: row.deletion_protection,
    createdAt: row.created_at,
  };
}

const priorityToJson = (priority: readonly NumberPriority[]): string =>
  JSON.stringify(
    priority.map(
      (entry): PriorityEntry => ({
        service_type: entry.serviceType,
        country_iso: entry.countryIso2,
        priority: [...entry.order],
      }),
    ),
  );

/** Found by uuid alone (`offset 0`): else an index of all powerpacks that are not deleted may be read from end to end. */
const asked = '(select * from powerpacks where uuid = any($1::uuid[]) offset 0) as asked';

/** Returns the powerpacks that are not deleted, by uuid. */
export async function loadPowerpacks(db: Reader, uuids: readonly string[]): Promise<Map<string, Powerpack>> {
  const rows = await db.query<PowerpackRow>(
    `${powerpacks} where powerpacks.uuid = any(array(select uuid from ${asked} where deleted_at is null))`,
    [uuids],
  );
  return new Map(rows.map((row) => [row.uuid, fromRow(row)]));
}

/** The version of a pool, by which a change of it is noticed. */
export interface PoolVersion {
  /** The main account of the powerpack's account; the same when that is one. */
  readonly mainId: string;
  readonly version: number;
}

/**
 * Returns the versions of powerpacks that are not deleted, by uuid. A transaction holds them until it ends: a change that removes a
 * member waits for that.
 */
export async function loadPoolVersions(
  db: Reader,
  uuids: readonly string[],
): Promise<Map<string, PoolVersion>> {
  const rows = await db.query<{ uuid: string; main_id: string; version: number }>(
    `select asked.uuid, coalesce(accounts.main_id, accounts.auth_id) as main_id, pool_versions.version
     from ${asked}
     join accounts on accounts.auth_id = asked.account_id
     join pool_versions on pool_versions.pool_uuid = asked.pool_uuid
     where asked.deleted_at is null
     order by pool_versions.pool_uuid for share of pool_versions`,
    [uuids],
  );
  return new Map(rows.map((row) => [row.uuid, { mainId: row.main_id, version: row.version }]));
}

/** Takes hold of the version of a pool until the transaction ends: a change that removes a member waits for that. */
export async function holdPool(tx: Transaction, poolUuid: string): Promise<void> {
  await tx.query('select 1 from pool_versions where pool_uuid = $1 for share', [poolUuid]);
}

/** Returns a powerpack of the account. Reads that arrive together share one query: every SDK call on a pool begins with one. */
export async function getPowerpack(db: Db, accountId: string, uuid: string): Promise<Powerpack | undefined> {
  const powerpack = await db.readOne(loadPowerpacks, uuid.toLowerCase());
  return powerpack?.accountId === accountId ? powerpack : undefined;
}

/** Returns a powerpack of the account, locked against other changes until the transaction ends. */
export async function lockPowerpack(
  tx: Transaction,
  accountId: string,
  uuid: string,
): Promise<Powerpack | undefined> {
  // In one round trip: they run one after the other.
  const [locked, powerpack] = await Promise.all([
    tx.query(
      'select 1 from powerpacks where account_id = $1 and uuid = $2 and deleted_at is null for update',
      [accountId, uuid],
    ),
    readLocked(tx, uuid),
  ]);
  return locked.length === 0 ? undefined : powerpack;
}

/**
 * Reads a row that is locked by now. Not in the statement that locked it: after a wait that one would see the new powerpack
 * beside the application of before.
 */
export async function readLocked(tx: Transaction, uuid: string): Promise<Powerpack | undefined> {
  const rows = await tx.query<PowerpackRow>(`${powerpacks} where powerpacks.uuid = $1`, [uuid]);
  return rows.map(fromRow)[0];
}

/** Which powerpacks of an account a list shows. */
export interface PowerpackFilter {
  /** A part of the name, in upper or lower case; `undefined` for all. */
  readonly nameContains: string | undefined;
  /** The application that replies go to; `undefined` for any or none. */
  readonly applicationId: string | undefined;
}

/**
 * Returns the SQL condition by which a list shows a powerpack, with two parameters of the statement, such as `$2` and `$3`: the values
 * of `filterValues`.
 */
export const filteredBy = (name: string, application: string): string =>
  `(${name}::text is null or strpos(lower(powerpacks.name), lower(${name})) > 0)
   and (${application}::text is null or powerpacks.application_id = ${application})`;

/** Returns a filter as parameters of a statement. */
export const filterValues = ({ nameContains, applicationId }: PowerpackFilter) => [
  nameContains ?? null,
  applicationId ?? null,
];

const listed = `powerpacks.account_id = $1 and powerpacks.deleted_at is null and ${filteredBy('$2', '$3')}`;

/** Returns a page of an account's powerpacks, the oldest first. Deleted ones are left out. */
export async function listPowerpacks(
  db: Reader,
  accountId: string,
  filter: PowerpackFilter,
  page: PageRequest,
): Promise<Powerpack[]> {
  const rows = await db.query<PowerpackRow>(
    `${powerpacks} where ${listed}
     order by powerpacks.created_at, powerpacks.uuid limit $4 offset $5`,
    [accountId, ...filterValues(filter), page.limit, page.offset],
  );
  return rows.map(fromRow);
}

/** Returns how many powerpacks `listPowerpacks` would list on all pages. */
export async function countPowerpacks(
  db: Reader,
  accountId: string,
  filter: PowerpackFilter,
): Promise<number> {
  const rows = await db.query<{ count: number }>(`select count(*) as count from powerpacks where ${listed}`, [
    accountId,
    ...filterValues(filter),
  ]);
  return rows[0]?.count ?? 0;
}

/** Stores a powerpack, whose pool is empty. A name that is taken violates `powerpacks_name`. */
export async function insertPowerpack(tx: Transaction, powerpack: Powerpack): Promise<void> {
  await tx.query(
    `insert into powerpacks (uuid, pool_uuid, account_id, name, sticky_sender, local_connect, application_id,
       number_priority, deletion_protection, created_at, smart_encoding, opt_out_scope, warm_up, quiet_hours,
       message_priority, alphanumeric_first)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      powerpack.uuid,
      powerpack.poolUuid,
      powerpack.accountId,
      powerpack.name,
      powerpack.stickySender,
      powerpack.localConnect,
      powerpack.application?.appId ?? null,
      priorityToJson(powerpack.numberPriority),
      powerpack.deletionProtection,
      powerpack.createdAt,
      powerpack.smartEncoding,
      powerpack.optOutScope,
      powerpack.warmUp,
      powerpack.quietHours === null ? null : writeQuietHours(powerpack.quietHours),
      powerpack.messagePriority,
      powerpack.alphanumericFirst,
    ],
  );
}

/** Writes what of a powerpack can be changed, with the commit. A name that is taken violates `powerpacks_name`. */
export function savePowerpack(tx: Transaction, powerpack: Powerpack): void {
  tx.send(
    `update powerpacks set name = $2, sticky_sender = $3, local_connect = $4, application_id = $5,
       number_priority = $6::jsonb, deletion_protection = $7, smart_encoding = $8, opt_out_scope = $9, warm_up = $10,
       quiet_hours = $11, message_priority = $12, alphanumeric_first = $13
     where uuid = $1`,
    [
      powerpack.uuid,
      powerpack.name,
      powerpack.stickySender,
      powerpack.localConnect,
      powerpack.application?.appId ?? null,
      priorityToJson(powerpack.numberPriority),
      powerpack.deletionProtection,
      powerpack.smartEncoding,
      powerpack.optOutScope,
      powerpack.warmUp,
      powerpack.quietHours === null ? null : writeQuietHours(powerpack.quietHours),
      powerpack.messagePriority,
      powerpack.alphanumericFirst,
    ],
  );
}
