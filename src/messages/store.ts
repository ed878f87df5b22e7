// SQL of messages: storing accepted and received ones, reading one, listing.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import type { StoredSelection } from '../powerpacks/selection/reason.ts';
import type { Service } from '../telecom/service.ts';
import type { CallbackTarget } from '../webhooks/webhook.ts';
import { noteFailures } from './failed-message-store.ts';
import type { Direction, LogLevel, Message, MessageDetails, Status } from './message.ts';

/** A row of `messages`, without its text. */
export interface MessageRow {
  id: string;
  account_id: string;
  subaccount_id: string | null;
  direction: Direction;
  status: Status;
  service: Service;
  sender: string;
  destination: string;
  country_iso2: string;
  segments: number;
  log: LogLevel;
  powerpack_uuid: string | null;
  error_code: number | null;
  accepted_at: Date;
  due_at: Date | null;
  sent_at: Date | null;
  finished_at: Date | null;
  updated_at: Date | null;
  callback_url: string | null;
  callback_method: CallbackTarget['method'] | null;
  callbacks: number;
  requester_ip: string | null;
  carrier: string | null;
  details: MessageDetails | null;
}

/** The columns of a `MessageRow`. */
export const messageColumns = `
  messages.id, messages.account_id, messages.subaccount_id, messages.direction, messages.status, messages.service,
  messages.sender, messages.destination, messages.country_iso2, messages.segments, messages.log,
  messages.powerpack_uuid, messages.error_code, messages.accepted_at, messages.due_at, messages.sent_at,
  messages.finished_at, messages.updated_at, messages.callback_url, messages.callback_method, messages.callbacks,
  messages.requester_ip, messages.carrier, messages.details`;

/** Returns the message in a row of `messageColumns`. */
export function messageFromRow(row: MessageRow): Message {
  return {
    id: row.id,
    accountId: row.account_id,
    subaccountId: row.subaccount_id ?? undefined,
    direction: row.direction,
    status: row.status,
    service: row.service,
    sender: row.sender,
    destination: row.destination,
    countryIso2: row.country_iso2,
    segments: row.segments,
    log: row.log,
    powerpackUuid: row.powerpack_uuid ?? undefined,
    errorCode: row.error_code ?? undefined,
    acceptedAt: row.accepted_at,
    dueAt: row.due_at ?? undefined,
    sentAt: row.sent_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    updatedAt: row.updated_at ?? undefined,
    callback:
      row.callback_url === null || row.callback_method === null
        ? undefined
        : { url: row.callback_url, method: row.callback_method },
    callbacks: row.callbacks,
    requesterIp: row.requester_ip ?? undefined,
    carrier: row.carrier ?? undefined,
    details: row.details ?? {},
  };
}

/** A message that is stored for the first time. */
export interface NewMessage extends Message {
  readonly text: string | undefined;
  /** The reason for the sender, as it is stored. */
  readonly selection: StoredSelection | undefined;
}

const insertSql = `
  insert into messages
    (id, account_id, subaccount_id, direction, status, service, sender, destination, country_iso2, text, segments,
     log, powerpack_uuid, error_code, accepted_at, due_at, finished_at, updated_at, callback_url, callback_method, callbacks,
     requester_ip, selection, details, carrier)
  select * from unnest(
    $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::smallint[], $12::text[], $13::uuid[], $14::smallint[], $15::timestamptz[], $16::timestamptz[],
    $17::timestamptz[], $18::timestamptz[], $19::text[], $20::text[], $21::smallint[], $22::text[], $23::jsonb[],
    $24::jsonb[], $25::text[])`;

/** Stores messages, and those that fail at once among the failures. */
export function insertMessages(tx: Transaction, messages: readonly NewMessage[]): void {
  if (messages.length === 0) return;
  tx.send(insertSql, [
    messages.map(({ id }) => id),
    messages.map(({ accountId }) => accountId),
    messages.map(({ subaccountId }) => subaccountId ?? null),
    messages.map(({ direction }) => direction),
    messages.map(({ status }) => status),
    messages.map(({ service }) => service),
    messages.map(({ sender }) => sender),
    messages.map(({ destination }) => destination),
    messages.map(({ countryIso2 }) => countryIso2),
    messages.map(({ text }) => text ?? null),
    messages.map(({ segments }) => segments),
    messages.map(({ log }) => log),
    messages.map(({ powerpackUuid }) => powerpackUuid ?? null),
    messages.map(({ errorCode }) => errorCode ?? null),
    messages.map(({ acceptedAt }) => acceptedAt),
    messages.map(({ dueAt }) => dueAt ?? null),
    messages.map(({ finishedAt }) => finishedAt ?? null),
    messages.map(({ updatedAt }) => updatedAt ?? null),
    messages.map(({ callback }) => callback?.url ?? null),
    messages.map(({ callback }) => callback?.method ?? null),
    messages.map(({ callbacks }) => callbacks),
    messages.map(({ requesterIp }) => requesterIp ?? null),
    messages.map(({ selection }) => (selection === undefined ? null : JSON.stringify(selection))),
    messages.map(({ details }) => detailsText(details)),
    messages.map(({ carrier }) => carrier ?? null),
  ]);
  noteFailures(tx, messages);
}

/** Returns the details as JSON text; most messages have none. */
export function detailsText(details: MessageDetails): string | null {
  return Object.values(details).some((detail) => detail !== undefined) ? JSON.stringify(details) : null;
}

/** Returns a message of the scope. */
export async function getMessage(db: Reader, scope: Scope, id: string): Promise<Message | undefined> {
  const rows = await db.query<MessageRow>(
    `select ${messageColumns} from messages where ${visibleIn('messages')} and id = $3`,
    [...scopeValues(scope), id],
  );
  return rows.map(messageFromRow)[0];
}

/** Returns the stored reason for a message's sender, and the text if it is stored, without asking whether the scope may see it. */
export async function getContent(
  db: Reader,
  id: string,
): Promise<{ readonly selection: StoredSelection | undefined; readonly text: string | undefined }> {
  const rows = await db.query<{ selection: StoredSelection | null; text: string | null }>(
    'select selection, text from messages where id = $1',
    [id],
  );
  return { selection: rows[0]?.selection ?? undefined, text: rows[0]?.text ?? undefined };
}

/** The filters of a list; undefined ones match every message. */
export interface MessageFilters {
  readonly subaccountId: string | undefined;
  readonly direction: Direction | undefined;
  readonly status: Status | undefined;
  readonly service: Service | undefined;
  /** From this message on, and before that one: ids, which are in the order of time. */
  readonly from: string | undefined;
  readonly before: string | undefined;
  readonly errorCode: number | undefined;
  readonly powerpackUuid: string | undefined;
  readonly countryIso2: string | undefined;
  readonly sender: string | undefined;
  readonly destination: string | undefined;
  /** Either side. */
  readonly number: string | undefined;
  /** Of the destination: three digits after country code 1. */
  readonly areaCode: string | undefined;
  /** The 10DLC campaign that it went for, and whether it went for any. */
  readonly campaignId: string | undefined;
  readonly isRegistered: boolean | undefined;
  /** A part of the text, in any case, where it is stored and `log` shows it. */
  readonly text: string | undefined;
}

/**
 * Returns the condition that a number is shown in lists as a value: the other side's is masked where `log` does not store it
 * (`maskNumber`), and a filter must not reveal masked digits. The first digits are compared first, which costs a fifth: most rows have others.
 */
const isShownAs = (column: 'sender' | 'destination', masked: Direction, value: string): string =>
  `(starts_with(${column}, left(${value}, -3))
    and case when direction = '${masked}' and log in ('false', 'content_only') then left(${column}, -3) || '***' else ${column} end = ${value})`;

/**
 * Returns the condition that a row passes the filters by columns that `messages` and `failed_messages` share; its values are
 * `sharedFilterValues`.
 */
export const passesShared = (idColumn: 'id' | 'message_id'): string => `
  ${idColumn} >= coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')
  and ${idColumn} < coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  and ($5::text is null or subaccount_id = $5)
  and ($6::text is null or status = $6)
  and ($7::text is null or service = $7)
  and ($8::smallint is null or error_code = $8)
  and ($9::uuid is null or powerpack_uuid = $9)
  and ($10::text is null or country_iso2 = $10)`;

/** Returns the values of `visibleIn` and `passesShared`. */
export const sharedFilterValues = (scope: Scope, filters: MessageFilters) => [
  ...scopeValues(scope),
  filters.from ?? null,
  filters.before ?? null,
  filters.subaccountId ?? null,
  filters.status ?? null,
  filters.service ?? null,
  filters.errorCode ?? null,
  filters.powerpackUuid ?? null,
  filters.countryIso2 ?? null,
];

/** The condition that a row of `messages` passes the filters; its values are `filterValues`. */
export const filtered = `${visibleIn('messages')} and ${passesShared('id')}
  and ($11::text is null or direction = $11)
  and ($12::text is null or ${isShownAs('sender', 'inbound', '$12')})
  and ($13::text is null or ${isShownAs('destination', 'outbound', '$13')})
  and ($16::text is null or ${isShownAs('sender', 'inbound', '$16')} or ${isShownAs('destination', 'outbound', '$16')})
  and ($17::text is null or (starts_with(destination, '1' || $17) and length(destination) = 11))
  and ($18::text is null or (log in ('true', 'content_only') and text ilike $18))
  and ($19::text is null or details ->> 'campaignId' = $19)
  and ($20::boolean is null or $20 = coalesce(details ? 'campaignId', false))`;

// The page is found by ids alone, from an index: rows before a page far back are not read.
const listSql = `
  select ${messageColumns} from messages
  join (select id from messages where ${filtered} order by id desc limit $14 offset $15) as page using (id)
  order by id desc`;

/** Returns the messages of a page, newest first, and one more, which shows whether there is another page. */
export async function listMessages(
  db: Reader,
  scope: Scope,
  filters: MessageFilters,
  page: PageRequest,
): Promise<{ readonly messages: readonly Message[]; readonly hasMore: boolean }> {
  const rows = await db.query<MessageRow>(
    listSql,
    filterValues(scope, await boundSearch(db, scope, filters), page.limit + 1, page.offset),
  );
  return { messages: rows.slice(0, page.limit).map(messageFromRow), hasMore: rows.length > page.limit };
}

/** Returns the values of `filtered`, and of the page between them. */
export const filterValues = (scope: Scope, filters: MessageFilters, limit: number, offset: number) => [
  ...sharedFilterValues(scope, filters),
  filters.direction ?? null,
  filters.sender ?? null,
  filters.destination ?? null,
  limit,
  offset,
  filters.number ?? null,
  filters.areaCode ?? null,
  filters.text === undefined ? null : `%${filters.text.replaceAll(/[\\%_]/g, '\\$&')}%`,
  filters.campaignId ?? null,
  filters.isRegistered ?? null,
];

/** The most messages that are searched for a text or a number, and the most that are counted: the newest of the time. */
const maxRead = 100_000;

const boundSql = `
  select id from messages where ${visibleIn('messages')}
    and id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  order by id desc offset ${maxRead} limit 1`;

/** Returns the filters, of which a search by text or number or campaign looks no further back than the newest 100,000 messages. */
async function boundSearch(db: Reader, scope: Scope, filters: MessageFilters): Promise<MessageFilters> {
  const isSearch = [filters.text, filters.number, filters.campaignId, filters.isRegistered].some(
    (filter) => filter !== undefined,
  );
  if (!isSearch) return filters;
  const [bound] = await db.query<{ id: string }>(boundSql, [...scopeValues(scope), filters.before ?? null]);
  if (bound === undefined || (filters.from !== undefined && filters.from > bound.id)) return filters;
  return { ...filters, from: bound.id };
}

const countSql = `
  select count(*) as count from (
    select 1 from messages where ${filtered} order by id desc limit $14 offset $15) as counted`;

/** Counts the messages that the filters leave, up to 100,000; and says whether these are all. */
export async function countMessages(
  db: Reader,
  scope: Scope,
  filters: MessageFilters,
): Promise<{ readonly count: number; readonly isWhole: boolean }> {
  const bounded = await boundSearch(db, scope, filters);
  const [row] = await db.query<{ count: number }>(countSql, filterValues(scope, bounded, maxRead, 0));
  const count = row?.count ?? 0;
  return { count, isWhole: count < maxRead };
}
