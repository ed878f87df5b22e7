// Media: upload, list, retrieve; the media of a message.

import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { noContent } from '../http/schemas.ts';
import { acceptedContentTypes } from './content-type.ts';
import { maxFileBytes, maxFiles } from './media.ts';
import { deleteMessageMedia, getMessageMedium, listMessageMedia } from './message-media.ts';
import { countMedia, findMedia, listMedia } from './store.ts';
import { uploadMedia } from './upload-media.ts';
import {
  ListMediaInput,
  MediaBody,
  MediaPath,
  MessageMediaBody,
  MessageMediaPath,
  MessageMediumPath,
  mediaToWire,
  messageMediumToWire,
  UploadedMediaBody,
  uploadToWire,
} from './wire.ts';

export const uploadMediaEndpoint = defineEndpoint({
  summary: 'Upload media',
  role: 'sender',
  description: `Each file is taken or refused by itself, in its place in \`objects\`. Content types: ${acceptedContentTypes.join(', ')}. A file that no message uses is deleted after 6 hours; one that was used, a year later.`,
  files: { field: 'file', maxFiles, maxBytes: maxFileBytes },
  answers: { 202: UploadedMediaBody },
  async handle(
    { db, scope, files, now },
    { randomBytes, publicUrl }: { randomBytes: RandomBytes; publicUrl: () => string },
  ) {
    const outcomes = await uploadMedia(db, scope, files, { randomBytes, now });
    return { status: 202, body: { objects: outcomes.map((outcome) => uploadToWire(publicUrl(), outcome)) } };
  },
});

export const listMediaEndpoint = defineEndpoint({
  summary: 'List media',
  description: 'Uploaded files, the latest first.',
  input: ListMediaInput,
  answers: { 200: listSchema(MediaBody) },
  async handle({ db, scope, input }, { publicUrl }: { publicUrl: () => string }) {
    const page = pageOf(input);
    const [files, count] = await Promise.all([listMedia(db, scope, page), countMedia(db, scope)]);
    const objects = files.map((file) => mediaToWire(publicUrl(), file));
    return pageAnswer(`/v1/Account/${scope.accountId}/Media/`, page, input, count, objects);
  },
});

export const getMediaEndpoint = defineEndpoint({
  summary: 'Retrieve media',
  path: MediaPath,
  answers: { 200: MediaBody },
  async handle({ db, scope, path }, { publicUrl }: { publicUrl: () => string }) {
    const [file] = (await findMedia(db, scope, [path.media_id])).values();
    if (file === undefined) throw new ApiError('notFound', 'media not found');
    return { status: 200, body: mediaToWire(publicUrl(), file) };
  },
});

export const listMessageMediaEndpoint = defineEndpoint({
  summary: 'List the media of a message',
  path: MessageMediaPath,
  input: ListMediaInput,
  answers: { 200: listSchema(MessageMediaBody) },
  async handle({ db, scope, path, input }, { publicUrl }: { publicUrl: () => string }) {
    const page = pageOf(input);
    const media = await listMessageMedia(db, scope, publicUrl(), path.message_uuid);
    const objects = media.slice(page.offset, page.offset + page.limit).map(messageMediumToWire);
    const own = `/v1/Account/${scope.accountId}/Message/${path.message_uuid}/Media/`;
    return pageAnswer(own, page, input, media.length, objects);
  },
});

export const getMessageMediumEndpoint = defineEndpoint({
  summary: 'Retrieve a medium of a message',
  path: MessageMediumPath,
  answers: { 200: MessageMediaBody },
  async handle({ db, scope, path }, { publicUrl }: { publicUrl: () => string }) {
    const wanted = { messageId: path.message_uuid, mediaId: path.media_id };
    const medium = await getMessageMedium(db, scope, publicUrl(), wanted);
    return { status: 200, body: messageMediumToWire(medium) };
  },
});

export const deleteMessageMediaEndpoint = defineEndpoint({
  summary: 'Delete the media of a message',
  description: 'Files that no other message carries go with them, within the hour.',
  path: MessageMediaPath,
  answers: { 204: null },
  async handle({ db, scope, path, now }) {
    await deleteMessageMedia(db, scope, now, path.message_uuid);
    return noContent;
  },
});
