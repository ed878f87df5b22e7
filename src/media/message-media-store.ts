// The SQL of the media of messages.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import {
  describeRemote,
  type MessageMedium,
  mediaUrl,
  remoteMediaId,
  renewalMs,
  usedLifeMs,
} from './media.ts';

/** A place in a message and what belongs there: an uploaded file, or the URL of a file that lies elsewhere. */
export type AttachedMedium = {
  readonly messageId: string;
  /** From 0. */
  readonly position: number;
} & ({ readonly mediaId: string } | { readonly url: string });

/**
 * Adds media to messages, in sets: a fixed number of statements however many there are. A file that is used is stored for a year from
 * now on. One that went away since it was looked up (`findMedia`) is left out: the messages of others are in the same transaction, and
 * must not fail with it. URLs are stored as they are and not fetched here.
 */
export async function attachMedia(
  tx: Transaction,
  now: Date,
  media: readonly AttachedMedium[],
): Promise<void> {
  if (media.length === 0) return;
  const used = new Set(
    media.flatMap((medium) => ('mediaId' in medium ? [medium.mediaId.toLowerCase()] : [])),
  );
  const present = await holdFiles(tx, [...used]);
  const kept = media.filter((medium) => 'url' in medium || present.has(medium.mediaId.toLowerCase()));
  await tx.query(
    `insert into message_media (message_id, position, media_id, url, attached_at)
     select given.message_id, given.position, given.media_id, given.url, $5
     from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[]) as given (message_id, position, media_id, url)`,
    [
      kept.map(({ messageId }) => messageId),
      kept.map(({ position }) => position),
      kept.map((medium) => ('mediaId' in medium ? medium.mediaId : null)),
      kept.map((medium) => ('url' in medium ? medium.url : null)),
      now,
    ],
  );
  if (present.size > 0) await renewFiles(tx, [...present], now);
}

/** Takes the locks of files, against deletion until the transaction ends. Returns those that are there. */
async function holdFiles(tx: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    'select id from media where id = any($1::uuid[]) order by id for key share',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

async function renewFiles(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  const end = now.getTime() + usedLifeMs;
  await tx.query(
    `update media set expires_at = $2 where id in (
       select id from media where id = any($1::uuid[]) and expires_at < $3 order by id for no key update
     )`,
    [ids, new Date(end), new Date(end - renewalMs)],
  );
}

/** Just one of the two is set, as the table's check says: the file, or the URL. */
type MessageMediumRow = {
  message_id: string;
  position: number;
  attached_at: Date;
} & ({ url: string } | FileColumns);

interface FileColumns {
  url: null;
  media_id: string;
  account_id: string;
  file_name: string;
  content_type: string;
  size: number;
  uploaded_at: Date;
}

/**
 * Returns the media of messages, by message and in order: URLs and types for carriers, callbacks and lists. Messages without media are
 * absent.
 * @param publicUrl how the server is reached, without a slash at the end.
 */
export async function mediaOfMessages(
  reader: Reader,
  publicUrl: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MessageMedium[]>> {
  const rows = await reader.query<MessageMediumRow>(
    `select message_id, position, media_id, url, attached_at, account_id, file_name, content_type, size, uploaded_at
     from message_media left join media on media.id = message_media.media_id
     where message_id = any($1::uuid[]) order by message_id, position`,
    [messageIds],
  );
  const byMessage = new Map<string, MessageMedium[]>();
  for (const row of rows) {
    const before = byMessage.get(row.message_id) ?? [];
    byMessage.set(row.message_id, [...before, fromRow(publicUrl, row)]);
  }
  return byMessage;
}

function fromRow(publicUrl: string, row: MessageMediumRow): MessageMedium {
  if (row.url === null) {
    return {
      messageId: row.message_id,
      mediaId: row.media_id,
      url: mediaUrl(publicUrl, { accountId: row.account_id, id: row.media_id }),
      fileName: row.file_name,
      contentType: row.content_type,
      size: row.size,
      addedAt: row.uploaded_at,
    };
  }
  return {
    messageId: row.message_id,
    mediaId: remoteMediaId(row.message_id, row.position),
    url: row.url,
    ...describeRemote(row.url),
    size: 0,
    addedAt: row.attached_at,
  };
}

/**
 * Deletes the media of messages. Files that no other message has are deleted by the next retention run. Their rows are locked first: a
 * message that is adding one at this moment is waited for, and seen.
 */
export async function detachMedia(tx: Transaction, now: Date, messageIds: readonly string[]): Promise<void> {
  const files = await tx.query<{ id: string }>(
    `select id from media where id in (
       select media_id from message_media where message_id = any($1::uuid[])
     ) order by id for update`,
    [messageIds],
  );
  await tx.query('delete from message_media where message_id = any($1::uuid[])', [messageIds]);
  if (files.length === 0) return;
  await tx.query(
    `update media set expires_at = $2 where id = any($1::uuid[]) and not exists (
       select 1 from message_media where message_media.media_id = media.id
     )`,
    [files.map(({ id }) => id), now],
  );
}

/** The part of a message that media need; `src/messages/` is a higher layer. */
interface MediaOwner {
  /** Whether its `log` keeps what it says, its media among it (wire-data-plane section 15). */
  readonly showsMedia: boolean;
}

/** Returns a message that a scope sees. */
export async function findMediaOwner(
  reader: Reader,
  scope: Scope,
  messageId: string,
): Promise<MediaOwner | undefined> {
  const [row] = await reader.query<{ shows_media: boolean }>(
    `select log in ('true', 'content_only') as shows_media from messages where ${visibleIn()} and id = $3`,
    [...scopeValues(scope), messageId],
  );
  return row === undefined ? undefined : { showsMedia: row.shows_media };
}
