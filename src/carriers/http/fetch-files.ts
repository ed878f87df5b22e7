// Files of messages from handsets that lie behind the carrier's credentials: fetched before the webhook is acknowledged (docs/spec/carriers.md section 5.4).
import { NotNow } from '../../base/errors.ts';
import { readUrl } from '../../base/read-url.ts';
import type { InboundFile, InboundMessage } from '../carrier.ts';
import type { HttpConfig } from './config.ts';
import type { Values } from './template.ts';
import { authorizationOf, type CarrierRequest } from './write-request.ts';

/** The result of a download: an answer with the octets of a file, or why there is none. */
export type DownloadResult =
  | {
      readonly answer: {
        readonly status: number;
        readonly contentType: string;
        readonly content: Uint8Array;
        /** Whether the file is larger than was asked for. */
        readonly isCut: boolean;
      };
    }
  | { readonly error: string };

/** Fetches a file, of which it keeps `maxBytes` at most. */
export type Download = (request: CarrierRequest, maxBytes: number) => Promise<DownloadResult>;

/** Returns a message with the files of its addresses that it could fetch; the other addresses stay. */
export type FetchFiles = (message: InboundMessage) => Promise<InboundMessage>;

/** As large as files of messages may be that customers upload, each and together. */
const maxFileBytes = 2 * 1024 * 1024;
const maxTotalBytes = 5 * 1024 * 1024;

/**
 * Makes the function that fetches the files of a message. It throws `NotNow` where that may succeed later: the carrier brings the message
 * again. A file that is not there, too large or denied is left at its address, and the history says so.
 */
export function makeFetchFiles(
  { fileAccess, allowPrivate, name }: Pick<HttpConfig, 'fileAccess' | 'allowPrivate' | 'name'>,
  secrets: Values,
  download: Download,
): FetchFiles {
  if (fileAccess === undefined) return async (message) => message;
  const headers = authorizationOf(fileAccess.auth, secrets);

  /** Returns the URL of a file that lies at the carrier; credentials are sent in the clear only where the carrier is in a private network. */
  function urlOf(text: string): URL | undefined {
    const url = readUrl(text);
    if (url === undefined || !fileAccess?.hosts.includes(url.host)) return undefined;
    return url.protocol === 'https:' || (allowPrivate && url.protocol === 'http:') ? url : undefined;
  }

  /** Returns a file, or why it is not to be had. */
  async function fetchFile(url: URL, maxBytes: number): Promise<InboundFile | string> {
    const result = await download(
      {
        method: 'GET',
        origin: url.origin,
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        path: `${url.pathname}${url.search}`,
        headers,
        body: undefined,
      },
      maxBytes,
    );
    if (!('answer' in result))
      throw new NotNow(`a file of the carrier ${name} cannot be fetched: ${result.error}`);
    const { status, contentType, content, isCut } = result.answer;
    if (status === 408 || status === 429 || status >= 500)
      throw new NotNow(`a file of the carrier ${name} cannot be fetched: status ${status}`);
    if (status < 200 || status > 299) return `status ${status}`;
    return isCut ? 'it is too large' : { contentType, content };
  }

  return async (message) => {
    const files: InboundFile[] = [];
    const mediaUrls: string[] = [];
    const reasons: string[] = [];
    let left = maxTotalBytes;
    for (const text of message.mediaUrls) {
      const url = urlOf(text);
      const fetched = url === undefined ? undefined : await fetchFile(url, Math.min(left, maxFileBytes));
      if (typeof fetched === 'object') {
        files.push(fetched);
        left -= fetched.content.length;
        continue;
      }
      mediaUrls.push(text);
      if (fetched !== undefined) reasons.push(fetched);
    }
    const detail = reasons.length === 0 ? message.detail : `files were not fetched: ${reasons.join(', ')}`;
    return { ...message, mediaUrls, files, detail };
  };
}
