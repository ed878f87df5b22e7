// Plivo's names for media.
import { Type } from 'typebox';
import { pageParameters } from '../http/page.ts';
import { isoMicroseconds, Uuid } from '../http/schemas.ts';
import type { MediaFile, MessageMedium } from './media.ts';
import { mediaUrl } from './media.ts';
import type { UploadOutcome } from './upload-media.ts';

export const MediaPath = Type.Object({ media_id: Uuid });
export const MessageMediaPath = Type.Object({ message_uuid: Uuid });
export const MessageMediumPath = Type.Object({ message_uuid: Uuid, media_id: Uuid });

export const ListMediaInput = Type.Object({ ...pageParameters });

const link = (about = 'URL of the file, which needs no credentials.') => Type.String({ description: about });

const described = {
  content_type: Type.String(),
  file_name: Type.String(),
  media_id: Type.String(),
  media_url: link(),
  size: Type.Integer({ description: 'In bytes; 0 when the file lies elsewhere.' }),
  upload_time: Type.String(),
  url: link('The same as `media_url`.'),
};

export const MediaBody = Type.Object(described);

export const MessageMediaBody = Type.Object({ ...described, message_uuid: Type.String() });

export const UploadedMediaBody = Type.Object({
  objects: Type.Array(
    Type.Object({
      content_type: Type.String(),
      error_code: Type.Optional(Type.Integer({ description: 'For a refused file: its `status_code`.' })),
      error_message: Type.Optional(Type.String({ description: 'Why the file was refused.' })),
      file_name: Type.String(),
      media_id: Type.Optional(Type.String()),
      media_url: Type.Optional(link()),
      size: Type.Optional(Type.Integer({ description: 'In bytes.' })),
      status: Type.Enum(['success', 'failed']),
      status_code: Type.Integer({ description: 'As of HTTP, for this file alone.' }),
      upload_time: Type.Optional(Type.String()),
      url: Type.Optional(link('The same as `media_url`.')),
    }),
  ),
});

/**
 * Returns a file for the wire. The address stands under both names: half of the SDKs read one, half the other (wire-data-plane 6.2).
 */
export function mediaToWire(publicUrl: string, file: MediaFile) {
  const url = mediaUrl(publicUrl, file);
  return {
    content_type: file.contentType,
    file_name: file.fileName,
    media_id: file.id,
    media_url: url,
    size: file.size,
    upload_time: isoMicroseconds(file.uploadedAt),
    url,
  };
}

export function messageMediumToWire(medium: MessageMedium) {
  return {
    content_type: medium.contentType,
    file_name: medium.fileName,
    media_id: medium.mediaId,
    media_url: medium.url,
    message_uuid: medium.messageId,
    size: medium.size,
    upload_time: isoMicroseconds(medium.addedAt),
    url: medium.url,
  };
}

/** Returns one file's part of the answer to an upload. No per-file codes are known of the vendor: `error_code` repeats the status. */
export function uploadToWire(publicUrl: string, outcome: UploadOutcome) {
  if (outcome.kind === 'stored') {
    return { ...mediaToWire(publicUrl, outcome.file), status: 'success', status_code: 201 };
  }
  return {
    content_type: outcome.contentType,
    error_code: outcome.statusCode,
    error_message: outcome.sentence,
    file_name: outcome.fileName,
    status: 'failed',
    status_code: outcome.statusCode,
  };
}
