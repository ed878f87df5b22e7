// The media of one message, as its owner sees them.
import { ApiError } from '../base/errors.ts';
import type { Db, Reader } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { MessageMedium } from './media.ts';
import { detachMedia, findMediaOwner, mediaOfMessages } from './message-media-store.ts';

const messageNotFound = () => new ApiError('notFound', 'message not found');

/**
 * Returns the media of a message; none for one without media, or whose media its `log` keeps from being shown.
 * @throws ApiError notFound when the scope sees no such message.
 */
export async function listMessageMedia(
  reader: Reader,
  scope: Scope,
  publicUrl: string,
  messageId: string,
): Promise<readonly MessageMedium[]> {
  const message = await findMediaOwner(reader, scope, messageId);
  if (message === undefined) throw messageNotFound();
  if (!message.showsMedia) return [];
  const media = await mediaOfMessages(reader, publicUrl, [messageId]);
  return [...media.values()].flat();
}

/** @throws ApiError notFound when the scope sees no such message, or the message carries no such medium. */
export async function getMessageMedium(
  reader: Reader,
  scope: Scope,
  publicUrl: string,
  { messageId, mediaId }: { messageId: string; mediaId: string },
): Promise<MessageMedium> {
  const media = await listMessageMedia(reader, scope, publicUrl, messageId);
  const found = media.find((medium) => medium.mediaId === mediaId.toLowerCase());
  if (found === undefined) throw new ApiError('notFound', 'media not found');
  return found;
}

/**
 * Takes a message's media away for good. A message without any is left as it is.
 * @throws ApiError notFound when the scope sees no such message.
 */
export function deleteMessageMedia(db: Db, scope: Scope, now: Date, messageId: string): Promise<void> {
  return db.transaction(async (tx) => {
    if ((await findMediaOwner(tx, scope, messageId)) === undefined) throw messageNotFound();
    await detachMedia(tx, now, [messageId]);
  });
}
