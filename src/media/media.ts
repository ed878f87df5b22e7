// Media: files that customers upload, files and URLs of messages, how long both are stored and where they are fetched. Pure.
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../base/id.ts';
import { readUrl } from '../base/read-url.ts';
import { contentTypeOfName } from './content-type.ts';

/** The most files of one upload (wire-data-plane 6.2). */
export const maxFiles = 10;
/** The largest file that may be uploaded (wire-data-plane 6.2). */
export const maxFileBytes = 2 * 1024 * 1024;
/** The most that the uploaded files of one message may be together (wire-data-plane 3.1). */
export const maxMessageBytes = 5 * 1024 * 1024;

const hourMs = 3600 * 1000;
const dayMs = 24 * hourMs;

/** How long a file is stored that no message uses (wire-data-plane 6.2). */
export const unusedLifeMs = 6 * hourMs;
/** How long a file is stored after a message used it, and the URL of a message (wire-data-plane 6.2). */
export const usedLifeMs = 365 * dayMs;
/** A use puts the end of a file off only when it gains this much: a campaign would write the same row for each message. */
export const renewalMs = dayMs;

/** An uploaded file, without its bytes. */
export interface MediaFile {
  readonly id: string;
  /** The main account. */
  readonly accountId: string;
  readonly subaccountId: string | null;
  readonly fileName: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  readonly uploadedAt: Date;
}

/** The media of one message, in the order in which they were given. */
export interface MessageMedium {
  readonly messageId: string;
  readonly mediaId: string;
  /** Its URL, which needs no credentials. */
  readonly url: string;
  readonly fileName: string;
  readonly contentType: string;
  /** In bytes; 0 for a URL of another server, which is not fetched here. */
  readonly size: number;
  /** When the file was uploaded, or the URL given. */
  readonly addedAt: Date;
}

/**
 * Makes a UUID of version 4 (RFC 9562 section 5.4): 122 random bits. Unlike all other ids here, this one alone keeps strangers from the
 * file: half of a version 7 is the time, which they could guess.
 */
export function makeMediaId(randomBytes: RandomBytes): string {
  return uuidText(randomBytes(16), 4);
}

/**
 * Returns the id under which lists show a URL of another server, which has none of its own. It is made of the message and the place (a
 * UUID of version 8, RFC 9562 section 5.8), so that it is always the same and need not be stored.
 */
export function remoteMediaId(messageId: string, position: number): string {
  const digest = createHash('sha256').update(`${messageId} ${position}`).digest();
  return uuidText(digest.subarray(0, 16), 8);
}

/** Returns sixteen bytes as a UUID: version and variant overwrite six of their bits (RFC 9562 section 4). */
function uuidText(bytes: Uint8Array, version: number): string {
  const marked = Buffer.from(bytes);
  marked[6] = ((marked[6] ?? 0) & 0x0f) | (version << 4);
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80;
  return marked.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * Returns the URL of an uploaded file: a page that asks for no credentials, because carriers and phones have none. It names the main
 * account even for files of a subaccount: the subaccount may be deleted, and a sent URL must stay.
 * @param publicUrl how the server is reached, without a slash at the end.
 */
export function mediaUrl(publicUrl: string, { accountId, id }: Pick<MediaFile, 'accountId' | 'id'>): string {
  return `${publicUrl}/media/${accountId}/${id}`;
}

const maxNameLength = 255;
const nameless = 'file';

/**
 * Returns a file's name as it is stored: without directories, control characters and other characters that do not belong in a name, of
 * at most 255 characters.
 */
export function cleanFileName(given: string): string {
  const [base = ''] = given.split(/[/\\]/).slice(-1);
  const readable = base
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim();
  const name = [...readable].slice(0, maxNameLength).join('');
  return name === '' || name === '.' || name === '..' ? nameless : name;
}

/** Returns what a URL tells without being fetched: the last part of its path as a name, and the type that this tells. */
export function describeRemote(url: string): { readonly fileName: string; readonly contentType: string } {
  const path = readUrl(url)?.pathname ?? '';
  const fileName = cleanFileName(decodeName(path));
  return { fileName, contentType: contentTypeOfName(fileName) };
}

function decodeName(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
