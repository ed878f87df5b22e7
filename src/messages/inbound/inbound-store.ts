// SQL of where an inbound message goes: whose number it is, in which powerpack, what application listens, which powerpacks a keyword in it answers.
import type { Transaction } from '../../db/db.ts';
import type { KeywordRules } from '../../powerpacks/keywords/keyword-rules.ts';
import { rulesFromRow } from '../../powerpacks/keywords/keyword-store.ts';
import type { OptOutRule } from '../../powerpacks/opt-outs/opt-out.ts';
import type { OptOutScope } from '../../powerpacks/powerpack.ts';
import type { CallbackTarget } from '../../webhooks/webhook.ts';

/** The owner and the application of a number that was written to. */
export interface InboundTarget {
  /** The main account. */
  readonly accountId: string;
  readonly subaccountId: string | undefined;
  readonly kind: 'longcode' | 'tollfree' | 'shortcode';
  /** Of the number that was written to. */
  readonly countryIso2: string;
  readonly powerpackUuid: string | undefined;
  readonly poolUuid: string | undefined;
  readonly stickySender: boolean;
  /** Of the powerpack; the vendor's for a number in none. */
  readonly keywordRules: KeywordRules;
  /** Whether the application keeps numbers and texts of what comes in. */
  readonly keepsLog: boolean;
  readonly callback: CallbackTarget | undefined;
  /** Seconds before each retry of the callback; undefined for the usual ones. */
  readonly retrySeconds: readonly number[] | undefined;
}

interface TargetRow {
  account_id: string;
  subaccount_id: string | null;
  kind: InboundTarget['kind'];
  country_iso2: string;
  powerpack_uuid: string | null;
  pool_uuid: string | null;
  sticky_sender: boolean | null;
  keyword_rules: Partial<KeywordRules> | null;
  log_incoming_messages: boolean | null;
  message_url: string | null;
  message_method: CallbackTarget['method'] | null;
  message_retry_seconds: number[] | null;
}

const shownColumns = `
  powerpacks.uuid as powerpack_uuid, powerpacks.pool_uuid, powerpacks.sticky_sender, powerpacks.keyword_rules,
  applications.log_incoming_messages, applications.message_url, applications.message_method,
  applications.message_retry_seconds`;

const numberSql = `
  select numbers.account_id, numbers.subaccount_id, numbers.kind, numbers.country_iso2, ${shownColumns}
  from numbers
  join effective_applications on effective_applications.number = numbers.number
  left join applications on applications.app_id = effective_applications.application_id
  left join pool_members on pool_members.number = numbers.number
  left join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
  where numbers.number = $1`;

const shortCodeSql = `
  select coalesce(accounts.main_id, accounts.auth_id) as account_id,
    case when accounts.main_id is not null then accounts.auth_id end as subaccount_id,
    pool_members.kind, pool_members.country_iso2, ${shownColumns}
  from pool_members
  join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid and powerpacks.deleted_at is null
  join accounts on accounts.auth_id = powerpacks.account_id
  left join applications on applications.app_id = powerpacks.application_id
  where pool_members.sender = $1 and pool_members.country_iso2 = $2 and pool_members.kind = 'shortcode'
    and not pool_members.detached`;

/** Returns the target of a message to a number; `undefined` when no account here has it. */
export async function findNumberTarget(tx: Transaction, number: string): Promise<InboundTarget | undefined> {
  const rows = await tx.query<TargetRow>(numberSql, [number]);
  return rows.map(targetFromRow)[0];
}

/** Returns the target of a message to a short code, in the country of the person who writes to it. */
export async function findShortCodeTarget(
  tx: Transaction,
  code: string,
  countryIso2: string,
): Promise<InboundTarget | undefined> {
  const rows = await tx.query<TargetRow>(shortCodeSql, [code, countryIso2]);
  return rows.map(targetFromRow)[0];
}

/** Returns the country of a short code, as long as it is in number pools of one country only. */
export async function countryOfShortCode(tx: Transaction, code: string): Promise<string | undefined> {
  const rows = await tx.query<{ country_iso2: string }>(
    `select distinct country_iso2 from pool_members where sender = $1 and kind = 'shortcode' and not detached limit 2`,
    [code],
  );
  return rows.length === 1 ? rows[0]?.country_iso2 : undefined;
}

// The last message that was certainly sent, and one whose moment has come: it may be with the carrier without our knowing yet.
const wroteSql = `
  with written as (
    select id, powerpack_uuid, status, sent_at, due_at from messages
    where destination = $1 and sender = $2 and direction = 'outbound' and powerpack_uuid is not null)
  (select powerpack_uuid from written where sent_at is not null order by id desc limit 1)
  union
  (select powerpack_uuid from written where status = 'queued' and due_at <= $3 order by id desc limit 1)`;

/**
 * Returns the powerpacks that wrote last to a person from a number, of whatever account, as far as messages are kept. It is one; two where a
 * message of another one is on its way.
 */
export async function listWritingPowerpacks(
  tx: Transaction,
  person: string,
  sender: string,
  now: Date,
): Promise<readonly string[]> {
  const rows = await tx.query<{ powerpack_uuid: string }>(wroteSql, [person, sender, now]);
  return rows.map((row) => row.powerpack_uuid);
}

/** A powerpack that a keyword answers. */
export interface AnsweredPowerpack extends OptOutRule {
  /** The main account of its account; the same when that is one. */
  readonly accountId: string;
}

/**
 * Reads powerpacks that a keyword answers, also deleted ones that may be restored. Their opt-out scopes stay as they are until the
 * transaction ends.
 */
export async function holdPowerpacks(
  tx: Transaction,
  uuids: readonly string[],
): Promise<readonly AnsweredPowerpack[]> {
  if (uuids.length === 0) return [];
  const rows = await tx.query<{ uuid: string; scope: OptOutScope; account_id: string }>(
    `select powerpacks.uuid, powerpacks.opt_out_scope as scope, coalesce(accounts.main_id, accounts.auth_id) as account_id
     from powerpacks join accounts on accounts.auth_id = powerpacks.account_id
     where powerpacks.uuid = any($1::uuid[]) order by powerpacks.uuid for share of powerpacks`,
    [uuids],
  );
  return rows.map(({ uuid, scope, account_id: accountId }) => ({ uuid, scope, accountId }));
}

function targetFromRow(row: TargetRow): InboundTarget {
  const { message_url: url, message_method: method } = row;
  return {
    accountId: row.account_id,
    subaccountId: row.subaccount_id ?? undefined,
    kind: row.kind,
    countryIso2: row.country_iso2,
    powerpackUuid: row.powerpack_uuid ?? undefined,
    poolUuid: row.pool_uuid ?? undefined,
    stickySender: row.sticky_sender ?? false,
    keywordRules: rulesFromRow(row.keyword_rules),
    retrySeconds: row.message_retry_seconds ?? undefined,
    keepsLog: row.log_incoming_messages ?? true,
    callback: url === null || url === '' || method === null ? undefined : { url, method },
  };
}
