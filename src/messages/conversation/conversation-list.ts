// The SQL that lists conversations: with whom the numbers of an account and of its powerpacks have exchanged messages.
import { scopeValues, visibleIn } from '../../accounts/scope.ts';
import type { Reader } from '../../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../../db/sorted-texts.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PageRequest } from '../../http/page.ts';
import { keepsText, type Message } from '../message.ts';
import { type MessageRow, messageColumns, messageFromRow } from '../store.ts';

export const conversationKinds = ['replied', 'unanswered', 'opted_out', 'all'] as const;
/** Which conversations are listed: those in which the person has written; whose last word is the person's; all of them. */
type ConversationKind = (typeof conversationKinds)[number];

export interface ConversationFilters {
  readonly kind: ConversationKind;
  readonly powerpackUuid: string | undefined;
  /** Digits that are part of the person's number. */
  readonly digits: string | undefined;
}

export interface ConversationSummary {
  /** E.164 digits of the handset. */
  readonly handset: string;
  readonly powerpackUuid: string | undefined;
  /** Messages from it, and to it. */
  readonly received: number;
  readonly sent: number;
  readonly isOptedOut: boolean;
  readonly isUnanswered: boolean;
  readonly last: Message;
  /** Undefined where it is not stored, or may not be shown. */
  readonly lastText: string | undefined;
}

interface ConversationList {
  readonly conversations: readonly ConversationSummary[];
  readonly total: number;
}

/** The most inbound messages that are read, the newest, and the most conversations among them. */
const maxReceived = 20_000;
const maxPeople = 5000;
/** The most outbound messages that are read for conversations in which nobody has replied. */
const maxSent = 50_000;

/** Returns the condition on messages from a powerpack to a person, which have an index of their own. */
const sentTo = (talk: string) => `direction = 'outbound' and messages.powerpack_uuid is not null
  and destination = ${talk}.handset and messages.powerpack_uuid = ${talk}.powerpack_uuid and account_id = $1`;

// A person may write to several powerpacks: each is a conversation of its own. Numbers that `log` masks are left out. Of what was sent to those
// who have written only what came after their last message is looked for, in the partitions of that time: it says whose the last word is.
const talks = `
  with received as materialized (
    select id, sender as handset, powerpack_uuid from messages
    where ${visibleIn()} and direction = 'inbound' and log in ('true', 'number_only')
      and ($3::uuid is null or powerpack_uuid = $3) and ($4::text is null or sender like '%' || $4 || '%')
    order by id desc limit ${maxReceived}),
  writers as (
    select handset, powerpack_uuid, max(id::text)::uuid as last_received, count(*) as received
    from received group by 1, 2 order by 3 desc limit ${maxPeople}),
  talks as (
    select handset, writers.powerpack_uuid, received, last_received, 0 as sent, last_sent
    from writers cross join lateral (
      select max(messages.id::text)::uuid as last_sent from messages
      where ${sentTo('writers')} and messages.id > writers.last_received) as answered)`;

const written = `, sent_to as (
    select destination as handset, powerpack_uuid, max(id::text)::uuid as last_sent, count(*) as sent
    from (
      select id, destination, powerpack_uuid from messages
      where ${visibleIn()} and direction = 'outbound' and powerpack_uuid is not null and log in ('true', 'number_only')
        and ($3::uuid is null or powerpack_uuid = $3) and ($4::text is null or destination like '%' || $4 || '%')
      order by id desc limit ${maxSent}) as newest
    group by 1, 2),
  found as (
    select handset, powerpack_uuid, received, last_received, sent, last_sent from talks
    union all
    select handset, powerpack_uuid, 0, null, sent, last_sent from sent_to
    where not exists (
      select from talks where talks.handset = sent_to.handset and talks.powerpack_uuid = sent_to.powerpack_uuid))`;

/** By which conversations can be put in order. What was sent is counted for those of a page alone: counting it for all would take too long. */
export const conversationOrders = ['number', 'last_message', 'received'] as const;
type ConversationOrder = (typeof conversationOrders)[number];

const listSql = (withUnreplied: boolean, order: string) => `${talks}${withUnreplied ? written : ''},
  judged as (
    select handset, powerpack_uuid, received, sent,
      greatest(last_received::text, last_sent::text)::uuid as last_id,
      received > 0 and last_received::text > coalesce(last_sent::text, '') as is_last_word,
      exists (select from opt_outs
        where opt_outs.account_id = $1 and opt_outs.destination = handset
          and ((opt_outs.scope = 'account' and not (opt_outs.excepted && array[found.powerpack_uuid::text]))
            or opt_outs.powerpack_uuid = found.powerpack_uuid)) as is_opted_out
    from ${withUnreplied ? 'found' : 'talks as found'}),
  chosen as (
    select *, is_last_word and not is_opted_out as is_unanswered from judged
    where $5::text in ('all', 'replied') or ($5 = 'opted_out' and is_opted_out)
      or ($5 = 'unanswered' and is_last_word and not is_opted_out)),
  page as (select *, count(*) over () as total from chosen order by ${order}last_id desc limit $6 offset $7)
  select page.handset, page.powerpack_uuid as talk_powerpack, page.received,
    case when page.received = 0 then page.sent else (select count(*) from messages where ${sentTo('page')}) end as sent, page.is_opted_out, page.is_unanswered, page.total,
    ${messageColumns}, messages.text
  from page join messages on messages.id = page.last_id order by ${order}last_id desc`;

const listsOf = (withUnreplied: boolean) =>
  sortedTexts<ConversationOrder>(
    { number: 'handset', last_message: 'last_id', received: 'received' },
    (order) => listSql(withUnreplied, order),
  );
const ofWriters = listsOf(false);
const ofAll = listsOf(true);
export const ofWritersSql: string = ofWriters.asTheyCome;

interface Row extends MessageRow {
  handset: string;
  talk_powerpack: string | null;
  received: number;
  sent: number;
  is_opted_out: boolean;
  is_unanswered: boolean;
  total: number;
  text: string | null;
}

/**
 * Returns a page of conversations in an order, by itself the one with the newest message first, and how many there are. Those in which the person has written are
 * the newest 5,000, among the newest 20,000 messages that came in; the others are among the newest 50,000 that went out.
 */
export async function listConversations(
  db: Reader,
  scope: Scope,
  { kind, powerpackUuid, digits }: ConversationFilters,
  { limit, offset }: PageRequest,
  sorting: Sorting<ConversationOrder>,
): Promise<ConversationList> {
  const ask = (most: number, from: number) =>
    db.query<Row>(sortedText(kind === 'all' ? ofAll : ofWriters, sorting), [
      ...scopeValues(scope),
      powerpackUuid ?? null,
      digits ?? null,
      kind,
      most,
      from,
    ]);
  const rows = await ask(limit, offset);
  // The count comes with the rows: a page behind the last one has none, and asks for the first of all.
  const [counted] = rows.length > 0 || offset === 0 ? rows : await ask(1, 0);
  const conversations = rows.map((row) => ({
    handset: row.handset,
    powerpackUuid: row.talk_powerpack ?? undefined,
    received: row.received,
    sent: row.sent,
    isOptedOut: row.is_opted_out,
    isUnanswered: row.is_unanswered,
    last: messageFromRow(row),
    lastText: keepsText(row.log) ? (row.text ?? undefined) : undefined,
  }));
  return { conversations, total: counted?.total ?? 0 };
}
