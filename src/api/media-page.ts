// The page from which carriers, phones and customers fetch uploaded media.
import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import { readPublicFile } from '../media/store.ts';
import { type Page, pageGuards } from './pages.ts';

/**
 * `/media/{main account}/{media id}`, as `media/media.ts` writes it into URLs: without credentials, because who fetches has none
 * (wire-data-plane 6.3). The id is random and no list shows it to strangers.
 */
export function mediaPage(db: Reader): Page {
  return {
    path: '/media/:account/:media_id',
    async answer({ account = '', media_id: id = '' }) {
      const file = await readPublicFile(db, account, id);
      if (file === undefined) throw new ApiError('notFound', 'media not found');
      const { contentType, fileName, content } = file;
      const headers = { 'content-type': contentType, ...dispositionOf(contentType, fileName), ...guards };
      return { status: 200, headers, body: content };
    },
  };
}

/**
 * The files are strangers': a browser is to take them for what they are called, run nothing in them and let nobody frame them. What is
 * under an id never changes, but it may be deleted: caches that several people share do not keep it.
 */
const guards = {
  ...pageGuards,
  'content-security-policy':
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
  'cache-control': 'private, max-age=3600, immutable',
};

/** Pictures, sound and films are shown, everything else is saved (RFC 6266; names as of RFC 8187). */
function dispositionOf(contentType: string, fileName: string) {
  const way = /^(image|audio|video)\//.test(contentType) ? 'inline' : 'attachment';
  const plain = fileName.replace(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, percent);
  return { 'content-disposition': `${way}; filename="${plain}"; filename*=UTF-8''${exact}` };
}

/** What `encodeURIComponent` leaves although RFC 8187 does not. */
const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
