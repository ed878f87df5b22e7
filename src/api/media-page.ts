// The page from which carriers, phones and customers fetch uploaded media.
import { ApiError } from '../base/errors.ts';
import type { Reader } from '../db/db.ts';
import { readPublicFile } from '../media/store.ts';
import { type Page, pageGuards } from './pages.ts';

/**
 * Returns the page `/media/{main account}/{media id}`, whose URLs `media/media.ts` writes. It needs no credentials, because
 * those who fetch have none (wire-data-plane 6.3). The id is random, and only the account's own lists have it.
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
 * The files come from strangers: browsers must respect their content type, run nothing in them, and not show them in frames.
 * The file of an id never changes, but it may be deleted: shared caches must not store it.
 */
const guards = {
  ...pageGuards,
  'content-security-policy':
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
  'cache-control': 'private, max-age=3600, immutable',
};

/** Returns the header: pictures, sound and films are shown, everything else is saved (RFC 6266; names as of RFC 8187). */
function dispositionOf(contentType: string, fileName: string) {
  const way = /^(image|audio|video)\//.test(contentType) ? 'inline' : 'attachment';
  const plain = fileName.replace(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, percent);
  return { 'content-disposition': `${way}; filename="${plain}"; filename*=UTF-8''${exact}` };
}

/** Encodes a character that `encodeURIComponent` leaves although RFC 8187 does not. */
const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
