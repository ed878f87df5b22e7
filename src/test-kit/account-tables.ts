// The tables whose rows belong to accounts, as a reset empties them and a snapshot keeps them. Pure.

/** A table, and the condition that a row of it belongs to the main account `$1`. */
interface AccountTable {
  readonly name: string;
  readonly belongs: string;
  /** The columns to write, where not all can be written. */
  readonly columns?: readonly string[];
}

/** Selects a main account and its subaccounts. */
export const owners = '(select auth_id from accounts where auth_id = $1 or main_id = $1)';
const pools = `(select pool_uuid from powerpacks where account_id in ${owners})`;
const messages = '(select id from messages where account_id = $1)';

/**
 * The tables, each behind those that it refers to. The account's own row and its sender queues are not among them: both outlive a reset.
 * What belongs to the whole server is not either: carriers, routes, reports on messages that are not known.
 */
export const accountTables: readonly AccountTable[] = [
  { name: 'accounts', belongs: 'main_id = $1' },
  { name: 'auth_tokens', belongs: `auth_id in ${owners}` },
  { name: 'api_keys', belongs: `account_id in ${owners}` },
  { name: 'applications', belongs: 'account_id = $1' },
  { name: 'brands', belongs: 'account_id = $1' },
  { name: 'campaigns', belongs: 'account_id = $1' },
  { name: 'brand_pace', belongs: 'account_id = $1' },
  { name: 'campaign_pace', belongs: 'account_id = $1' },
  { name: 'numbers', belongs: 'account_id = $1' },
  { name: 'held_numbers', belongs: 'account_id = $1' },
  { name: 'powerpacks', belongs: `account_id in ${owners}` },
  { name: 'alphanumeric_senders', belongs: `account_id in ${owners}` },
  { name: 'pool_members', belongs: `pool_uuid in ${pools}` },
  {
    name: 'sticky_senders',
    belongs: `pool_uuid in ${pools}`,
    columns: ['pool_uuid', 'destination', 'sender', 'country_iso2', 'last_message_at'],
  },
  { name: 'member_replacements', belongs: `pool_uuid in ${pools}` },
  { name: 'opt_outs', belongs: 'account_id = $1' },
  { name: 'opt_out_changes', belongs: 'account_id = $1' },
  { name: 'media', belongs: 'account_id = $1' },
  { name: 'messages', belongs: 'account_id = $1' },
  { name: 'failed_messages', belongs: 'account_id = $1' },
  { name: 'scheduled_messages', belongs: 'account_id = $1' },
  { name: 'message_events', belongs: `message_id in ${messages}` },
  { name: 'message_media', belongs: `message_id in ${messages}` },
  { name: 'carrier_messages', belongs: `message_id in ${messages}` },
  { name: 'awaited_parts', belongs: `message_id in ${messages}` },
  { name: 'unknown_attempts', belongs: `message_id in ${messages}` },
  { name: 'webhook_pauses', belongs: 'main_id = $1' },
  { name: 'webhook_calls', belongs: 'main_id = $1' },
  { name: 'incidents', belongs: 'account_id = $1' },
  { name: 'idempotency_keys', belongs: `account_id in ${owners}` },
];
