// The OpenAPI description and the browsable reference, as pages.
import { createHash } from 'node:crypto';
import { packageVersion } from '../../base/package-version.ts';
import { type Page, type PageAnswer, pageGuards } from '../pages.ts';
import { routes } from '../routes.ts';
import { describeApi } from './openapi.ts';
import { renderReference, serverPlaceholder } from './reference-page.ts';
import { referenceStyle } from './reference-style.ts';

/**
 * Returns `/openapi.json` and `/docs`. Both are made at the first request, so that a start need not wait for them. The
 * reference loads nothing, so it works offline. Its samples name the server by the address that the reader has used.
 */
export function referencePages(publicUrl: string | undefined): Page[] {
  let reference: string | undefined;
  const describe = () => describeApi(routes, packageVersion(), publicUrl);
  return [
    fixedPage('/openapi.json', { 'content-type': 'application/json' }, () => JSON.stringify(describe())),
    {
      path: '/docs',
      async answer(_segments, { origin }) {
        reference ??= renderReference(describe(), referenceStyle, `${publicUrl ?? ''}/openapi.json`);
        const body = reference.replaceAll(serverPlaceholder, publicUrl ?? origin ?? '');
        return { status: 200, headers: referenceHeaders, body };
      },
    },
  ];
}

const styleHash = createHash('sha256').update(referenceStyle).digest('base64');

/** Nothing is loaded and nothing runs: the page has no script, and its style is known by its hash. */
const referenceHeaders = {
  ...pageGuards,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

function fixedPage(path: string, headers: PageAnswer['headers'], write: () => string): Page {
  let answer: PageAnswer | undefined;
  return {
    path,
    async answer() {
      answer ??= { status: 200, headers, body: write() };
      return answer;
    },
  };
}
