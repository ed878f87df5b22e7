// Files that a carrier brings with a message: stored here, because the carrier's own addresses need its credentials and end.
import type { RandomBytes } from '../../base/id.ts';
import type { InboundFile } from '../../carriers/carrier.ts';
import type { Transaction } from '../../db/db.ts';
import { contentTypeOf } from '../../media/content-type.ts';
import { cleanFileName, type MediaFile, makeMediaId, maxFileBytes, maxFiles } from '../../media/media.ts';
import { insertMedia } from '../../media/store.ts';
import type { InboundTarget } from './inbound-store.ts';

/** Stores files for the account that a message goes to, and returns them. Empty and too large ones, and those past the tenth, are left out. */
export async function storeFiles(
  tx: Transaction,
  files: readonly InboundFile[],
  { accountId, subaccountId }: InboundTarget,
  now: Date,
  randomBytes: RandomBytes,
): Promise<readonly MediaFile[]> {
  const stored: MediaFile[] = [];
  for (const { contentType: declared, content } of files.filter(isStorable).slice(0, maxFiles)) {
    const contentType = contentTypeOf(declared, '', content);
    const file = {
      id: makeMediaId(randomBytes),
      accountId,
      subaccountId: subaccountId ?? null,
      fileName: cleanFileName(''),
      contentType,
      size: content.length,
      uploadedAt: now,
    };
    await insertMedia(tx, file, content);
    stored.push(file);
  }
  return stored;
}

const isStorable = ({ content }: InboundFile): boolean =>
  content.length > 0 && content.length <= maxFileBytes;
