// SQL of where an inbound message goes: whose number it is, in which powerpack, what application listens, what else was stopped.
import type { Transaction } from '../db/db.ts';
import type { OptOutKey } from '../powerpacks/opt-out-store.ts';
import type { CallbackTarget } from '../webhooks/webhook.ts';

/** Whom a message to one of our numbers concerns. */
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
  readonly optOutScope: 'number' | 'powerpack';
  /** Whether the application keeps numbers and texts of what comes in. */
  readonly keepsLog: boolean;
  readonly callback: CallbackTarget | undefined;
}

interface TargetRow {
  account_id: string;
  subaccount_id: string | null;
  kind: InboundTarget['kind'];
  country_iso2: string;
  powerpack_uuid: string | null;
  pool_uuid: string | null;
  sticky_sender: boolean | null;
  opt_out_scope: InboundTarget['optOutScope'] | null;
  log_incoming_messages: boolean | null;
  message_url: string | null;
  message_method: CallbackTarget['method'] | null;
}

const shownColumns = `
  powerpacks.uuid as powerpack_uuid, powerpacks.pool_uuid, powerpacks.sticky_sender, powerpacks.opt_out_scope,
  applications.log_incoming_messages, applications.message_url, applications.message_method`;

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
    and not pool_members.parked`;

/** Whose a number is; `undefined` when it is nobody's here. */
export async function findNumberTarget(tx: Transaction, number: string): Promise<InboundTarget | undefined> {
  const rows = await tx.query<TargetRow>(numberSql, [number]);
  return rows.map(targetFromRow)[0];
}

/** Whose a short code is in the country of who writes to it. */
export async function findShortCodeTarget(
  tx: Transaction,
  code: string,
  countryIso2: string,
): Promise<InboundTarget | undefined> {
  const rows = await tx.query<TargetRow>(shortCodeSql, [code, countryIso2]);
  return rows.map(targetFromRow)[0];
}

/** Those members of a pool, by their numbers, that a person has opted out of one by one. Keywords do not count on short codes. */
export async function listOptedOutMembers(
  tx: Transaction,
  { accountId, destination, poolUuid }: OptOutKey & { readonly poolUuid: string },
): Promise<readonly string[]> {
  const rows = await tx.query<{ scope: string }>(
    `select opt_outs.scope from opt_outs
     join pool_members on pool_members.pool_uuid = $3 and pool_members.sender = opt_outs.scope
     where opt_outs.account_id = $1 and opt_outs.destination = $2`,
    [accountId, destination, poolUuid],
  );
  return rows.map(({ scope }) => scope);
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
    optOutScope: row.opt_out_scope ?? 'number',
    keepsLog: row.log_incoming_messages ?? true,
    callback: url === null || url === '' || method === null ? undefined : { url, method },
  };
}
