// Stores uploaded files, each by itself: a file that cannot be taken does not stop the others.
import type { RandomBytes } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { ReceivedFile } from '../http/multipart.ts';
import { contentTypeOf, isAccepted } from './content-type.ts';
import { cleanFileName, type MediaFile, makeMediaId } from './media.ts';
import { insertMedia } from './store.ts';

/** The result for one of the files of an upload. */
export type UploadOutcome = StoredUpload | RefusedUpload;

interface StoredUpload {
  readonly kind: 'stored';
  readonly file: MediaFile;
}

interface RefusedUpload {
  readonly kind: 'refused';
  readonly fileName: string;
  readonly contentType: string;
  /** As of HTTP. */
  readonly statusCode: 400 | 413;
  readonly sentence: string;
}

/** The randomness and time for a new file. */
interface Making {
  readonly randomBytes: RandomBytes;
  readonly now: Date;
}

/**
 * Stores the files that can be stored, in one transaction, for the account or subaccount of the scope. Returns the result for each, in
 * the order in which they came (wire-data-plane 6.2: per-file failure keeps its slot).
 */
export async function uploadMedia(
  db: Db,
  scope: Scope,
  files: readonly ReceivedFile[],
  { randomBytes, now }: Making,
): Promise<UploadOutcome[]> {
  const uploads = files.map(({ name, contentType, content, isTooLarge }) => {
    const fileName = cleanFileName(name);
    const type = contentTypeOf(contentType, fileName, content);
    const refusal = refusalOf(type, content, isTooLarge);
    if (refusal !== undefined) {
      return { outcome: { kind: 'refused', fileName, contentType: type, ...refusal } as const, content };
    }
    const file: MediaFile = {
      id: makeMediaId(randomBytes),
      accountId: scope.mainId,
      subaccountId: scope.subaccountId ?? null,
      fileName,
      contentType: type,
      size: content.length,
      uploadedAt: now,
    };
    return { outcome: { kind: 'stored', file } as const, content };
  });
  await db.transaction(async (tx) => {
    for (const { outcome, content } of uploads) {
      if (outcome.kind === 'stored') await insertMedia(tx, outcome.file, content);
    }
  });
  return uploads.map(({ outcome }) => outcome);
}

function refusalOf(
  contentType: string,
  content: Uint8Array,
  isTooLarge: boolean,
): Pick<RefusedUpload, 'statusCode' | 'sentence'> | undefined {
  if (!isAccepted(contentType)) {
    return { statusCode: 400, sentence: `files of content type ${contentType} are not accepted` };
  }
  if (isTooLarge) return { statusCode: 413, sentence: 'the file is larger than 2 MB' };
  return content.length === 0 ? { statusCode: 400, sentence: 'the file is empty' } : undefined;
}
