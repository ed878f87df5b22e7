// The SQL of uploaded files.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import { isUuid } from '../http/schemas.ts';
import { type MediaFile, unusedLifeMs, usedLifeMs } from './media.ts';

interface MediaRow {
  id: string;
  account_id: string;
  subaccount_id: string | null;
  file_name: string;
  content_type: string;
  size: number;
  uploaded_at: Date;
}

/** All but the bytes, which only the public page reads. */
const columns = 'id, account_id, subaccount_id, file_name, content_type, size, uploaded_at';

const fromRow = (row: MediaRow): MediaFile => ({
  id: row.id,
  accountId: row.account_id,
  subaccountId: row.subaccount_id,
  fileName: row.file_name,
  contentType: row.content_type,
  size: row.size,
  uploadedAt: row.uploaded_at,
});

const visible = visibleIn();

/** Stores a file, which is dropped after a few hours unless a message uses it. */
export async function insertMedia(tx: Transaction, file: MediaFile, content: Uint8Array): Promise<void> {
  await tx.query(
    `insert into media (id, account_id, subaccount_id, file_name, content_type, size, content, uploaded_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      file.id,
      file.accountId,
      file.subaccountId,
      file.fileName,
      file.contentType,
      file.size,
      content,
      file.uploadedAt,
      new Date(file.uploadedAt.getTime() + unusedLifeMs),
    ],
  );
}

/**
 * Returns those of the named files that the scope sees, by the name that was given (an id in any case; a name that is no UUID names no
 * file). A file that is absent from the map does not exist for this scope.
 */
export async function findMedia(
  reader: Reader,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MediaFile>> {
  const readable = ids.filter(isUuid);
  if (readable.length === 0) return new Map();
  const rows = await reader.query<MediaRow>(
    `select ${columns} from media where ${visible} and id = any($3::uuid[])`,
    [...scopeValues(scope), readable],
  );
  const files = new Map(rows.map((row) => [row.id, fromRow(row)]));
  return new Map(
    readable.flatMap((id) => {
      const file = files.get(id.toLowerCase());
      return file === undefined ? [] : [[id, file] as const];
    }),
  );
}

/** Returns the files that a scope sees, the latest first. */
export async function listMedia(reader: Reader, scope: Scope, page: PageRequest): Promise<MediaFile[]> {
  const rows = await reader.query<MediaRow>(
    `select ${columns} from media where ${visible} order by uploaded_at desc, id limit $3 offset $4`,
    [...scopeValues(scope), page.limit, page.offset],
  );
  return rows.map(fromRow);
}

/** Returns how many files a scope sees. */
export async function countMedia(reader: Reader, scope: Scope): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    `select count(*) as count from media where ${visible}`,
    scopeValues(scope),
  );
  return rows[0]?.count ?? 0;
}

/** A file as the public page serves it. */
interface PublicFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Returns a file with its bytes, by its id and account; undefined when there is none (any more). */
export async function readPublicFile(
  reader: Reader,
  accountId: string,
  id: string,
): Promise<PublicFile | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await reader.query<PublicFileRow>(
    'select account_id, file_name, content_type, content from media where id = $1',
    [id],
  );
  // Compared here, because what stands in a path may be nothing that the database can read.
  if (row?.account_id !== accountId) return undefined;
  return { fileName: row.file_name, contentType: row.content_type, content: row.content };
}

interface PublicFileRow {
  account_id: string;
  file_name: string;
  content_type: string;
  content: Uint8Array;
}

/**
 * Deletes expired files with their places in messages, and expired URLs of messages; at most `rows` of each. Returns the greater of the
 * two counts: `rows` means that there may be more.
 */
export async function deleteExpiredMedia(reader: Reader, now: Date, rows: number): Promise<number> {
  const [deleted] = await reader.query<{ count: number }>(
    `with files as (
       delete from media where id in (
         select id from media where expires_at <= $1 order by expires_at limit $3 for update skip locked
       ) returning 1
     ), urls as (
       delete from message_media where (message_id, position) in (
         select message_id, position from message_media
         where media_id is null and attached_at <= $2 order by attached_at limit $3
       ) returning 1
     )
     select greatest((select count(*) from files), (select count(*) from urls)) as count`,
    [now, new Date(now.getTime() - usedLifeMs), rows],
  );
  return deleted?.count ?? 0;
}
