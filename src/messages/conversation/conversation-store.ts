// The SQL of a conversation: the messages to and from one handset.
import type { Reader } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PageRequest } from '../../http/page.ts';
import { keepsText, type Message } from '../message.ts';
import { type MessageRow, messageColumns, messageFromRow } from '../store.ts';

/** The most messages of the account that are read, newest first. */
const maxRead = 100_000;

export interface ConversationMessage {
  readonly message: Message;
  /** Undefined where it is not stored, or may not be shown. */
  readonly text: string | undefined;
}

interface Conversation {
  /** E.164 digits of the handset. */
  readonly number: string;
  /** Only messages of this powerpack. */
  readonly powerpackUuid: string | undefined;
}

// No index has the other side's numbers: the newest messages of the account are read, up to the limit. Messages that mask the handset's
// number are left out: a query must not reveal masked digits.
const listSql = (whose: 'account_id' | 'subaccount_id') => `
  select ${messageColumns}, messages.text
  from (
    select id from (
      select id, direction, sender, destination, log, powerpack_uuid from messages
      where ${whose} = $1 order by id desc limit ${maxRead}) as newest
    where ((direction = 'outbound' and destination = $2) or (direction = 'inbound' and sender = $2))
      and log in ('true', 'number_only')
      and ($3::uuid is null or powerpack_uuid = $3)
    order by id desc limit $4 offset $5) as page
  join messages on messages.id = page.id
  order by messages.id desc`;

// Each reads an index of its own: for a subaccount only its messages are read.
const ofAccountSql = listSql('account_id');
const ofSubaccountSql = listSql('subaccount_id');

/**
 * Returns a page, newest first, of the newest 100,000 messages of the account, and one more message, which shows whether there
 * is another page.
 */
export async function listConversation(
  db: Reader,
  scope: Scope,
  { number, powerpackUuid }: Conversation,
  { limit, offset }: PageRequest,
): Promise<{ readonly messages: readonly ConversationMessage[]; readonly hasMore: boolean }> {
  const rows = await db.query<MessageRow & { text: string | null }>(
    scope.subaccountId === undefined ? ofAccountSql : ofSubaccountSql,
    [scope.accountId, number, powerpackUuid ?? null, limit + 1, offset],
  );
  const messages = rows.slice(0, limit).map((row) => ({
    message: messageFromRow(row),
    text: keepsText(row.log) ? (row.text ?? undefined) : undefined,
  }));
  return { messages, hasMore: rows.length > limit };
}
