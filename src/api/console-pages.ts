// The console's files, as pages. They are built beforehand; the console gets all data from the API, like any client.
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ApiError } from '../base/errors.ts';
import { packageRoot } from '../base/package-root.ts';
import { type Page, type PageAnswer, pageGuards } from './pages.ts';

const folder = join(packageRoot, 'dist', 'console');

/**
 * Returns the pages: `/console` and every address below it are the same page, which reads its address itself; its files are
 * `/console/assets/`. `/` leads
 * browsers there.
 */
export function consolePages(): Page[] {
  const page = { headers: { ...consoleGuards, 'content-type': types['.html'], 'cache-control': 'no-cache' } };
  const answerPage = async () => ({ ...page, status: 200, body: readFileSync(join(folder, 'index.html')) });
  return [
    { path: '/', answer: async (_segments, { wantsHtml }) => leadToConsole(wantsHtml) },
    { path: '/console', answer: answerPage },
    { path: '/console/*', answer: answerPage },
    {
      path: '/console/assets/:file',
      answer: async ({ file = '' }, { takesGzip }) => answerAsset(file, takesGzip),
    },
  ];
}

/** Returns a page that goes on to the console by itself. It is no redirection, which SDKs would follow with their credentials; they get 404. */
function leadToConsole(wantsHtml: boolean): PageAnswer {
  if (!wantsHtml) throw new ApiError('notFound');
  return {
    status: 200,
    headers: {
      ...pageGuards,
      'content-type': types['.html'],
      'content-security-policy': "default-src 'none'",
    },
    body: '<!doctype html><meta http-equiv="refresh" content="0; url=/console"><title>Rucksack</title><a href="/console">Console</a>',
  };
}

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
} as const;

/** Returns a file. Names contain the hash of the content, so a file never changes. */
function answerAsset(file: string, takesGzip: boolean): PageAnswer {
  const type = types[extname(file) as keyof typeof types];
  if (type === undefined || !/^[\w.-]+$/.test(file)) throw new ApiError('notFound');
  return {
    status: 200,
    headers: {
      ...pageGuards,
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: takesGzip ? readCompressed(file) : readAsset(file),
  };
}

/** Compressed once for all requests; the build made only so many. */
const compressed = new Map<string, Buffer>();

function readCompressed(file: string): Buffer {
  const known = compressed.get(file) ?? gzipSync(readAsset(file));
  compressed.set(file, known);
  return known;
}

function readAsset(file: string): Buffer {
  try {
    return readFileSync(join(folder, 'assets', file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ApiError('notFound');
    throw error;
  }
}

/**
 * Scripts, styles and requests of this origin only, nothing inline, no frame around it, no text that becomes HTML
 * (docs/adr/0012).
 */
const consoleGuards = {
  ...pageGuards,
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
};
