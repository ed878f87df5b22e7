// The form of a message, and the request that it becomes. Pure.
import { notNumbersIn, recipientsOf } from './recipients.ts';

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
}

export interface Draft {
  readonly from: 'powerpack' | 'number';
  readonly powerpack: string;
  readonly src: string;
  /** Recipients as they were typed. */
  readonly to: string;
  readonly text: string;
  readonly files: readonly UploadedFile[];
  /** URLs of media, one a line. */
  readonly mediaUrls: string;
  readonly callbackUrl: string;
  readonly callbackMethod: 'POST' | 'GET';
  readonly log: 'true' | 'false' | 'content_only' | 'number_only';
  /** Seconds, as they were typed; empty for the server's default. */
  readonly expiry: string;
  /** Empty for that of the powerpack. */
  readonly priority: 'transactional' | 'bulk' | '';
  /** When it is sent, as an `<input type="datetime-local">` has it, in the user's time zone; empty for now. */
  readonly sendAt: string;
}

export const emptyDraft: Draft = {
  from: 'powerpack',
  powerpack: '',
  src: '',
  to: '',
  text: '',
  files: [],
  mediaUrls: '',
  callbackUrl: '',
  callbackMethod: 'POST',
  log: 'true',
  expiry: '',
  priority: '',
  sendAt: '',
};

/** Returns the form that an address begins with: a powerpack or a number of the account, and a recipient. */
export function draftOf(query: Readonly<Record<string, string>>): Draft {
  const { powerpack = '', src = '', to = '' } = query;
  return { ...emptyDraft, from: src === '' ? 'powerpack' : 'number', powerpack, src, to };
}

const linesOf = (text: string): string[] => text.split(/\s+/).filter((line) => line !== '');

/** Returns the type of the message: media make it an MMS. */
export const typeOf = ({ files, mediaUrls }: Pick<Draft, 'files' | 'mediaUrls'>): 'sms' | 'mms' =>
  files.length > 0 || linesOf(mediaUrls).length > 0 ? 'mms' : 'sms';

/** Returns what is missing or wrong before the message can be sent, as a sentence; `undefined` when nothing is. */
export function missingIn(draft: Draft): string | undefined {
  if (draft.from === 'powerpack' && draft.powerpack === '') return 'Choose a powerpack.';
  if (draft.from === 'number' && draft.src.trim() === '') return 'Choose a number to send from.';
  const recipients = recipientsOf(draft.to);
  if (recipients.length === 0) return 'Enter a recipient.';
  if (draft.text === '' && typeOf(draft) === 'sms') return 'Write a text, or add media.';
  const words = notNumbersIn(recipients);
  return words.length === 0 ? undefined : `Not a number: ${words.join(', ')}.`;
}

/** Returns the request's parameters, under the API's names. */
export function sendRequestOf(draft: Draft) {
  const urls = linesOf(draft.mediaUrls);
  const { callbackUrl, callbackMethod } = draft;
  return {
    ...(draft.from === 'powerpack' ? { powerpack_uuid: draft.powerpack } : { src: draft.src.trim() }),
    dst: recipientsOf(draft.to).join('<'),
    ...(draft.text === '' ? {} : { text: draft.text }),
    type: typeOf(draft),
    ...(draft.files.length === 0 ? {} : { media_ids: draft.files.map(({ id }) => id) }),
    ...(urls.length === 0 ? {} : { media_urls: urls }),
    ...(callbackUrl.trim() === '' ? {} : { url: callbackUrl.trim(), method: callbackMethod }),
    log: draft.log,
    ...(draft.priority === '' ? {} : { priority: draft.priority }),
    ...(draft.sendAt === '' ? {} : { send_at: new Date(draft.sendAt).toISOString() }),
    ...(draft.expiry === '' ? {} : { message_expiry: Number(draft.expiry) }),
  };
}
