// docs/coverage.md: our endpoints against the vendor's.
import type { Operation } from '../../src/api/reference/description.ts';
import { publishedPath } from '../../src/api/reference/openapi.ts';
import { differences, generalDifferences } from './differences.ts';
import { markdownTable } from './markdown.ts';
import { absentFamilies, source, type VendorEndpoint } from './vendor-endpoints.ts';

/** How an endpoint stands: `theirs` is the vendor's alone, `extension` ours alone. */
type Standing = 'same' | 'different' | 'theirs' | 'extension';

interface Row {
  readonly family: string;
  readonly method: string;
  readonly path: string;
  readonly title: string;
  readonly standing: Standing;
  readonly difference: string;
}

/** An operation of ours with its place: `GET`, `Powerpack/`. */
export interface OwnEndpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const accountPath = publishedPath('/v1/Account/:auth_id');

/** Returns our endpoints, with paths below the account's. */
export function ownEndpoints(
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
): OwnEndpoint[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.slice(accountPath.length),
      operation,
    })),
  );
}

/** Returns the whole document. */
export function renderCoverage(own: readonly OwnEndpoint[], vendor: readonly VendorEndpoint[]): string {
  const rows = compare(own, vendor);
  const count = (...standings: Standing[]) =>
    rows.filter(({ standing }) => standings.includes(standing)).length;
  const families = [...new Set(rows.map(({ family }) => family))];
  return `# Coverage

Which of the vendor's endpoints this server has, and in which way they differ. Written by \`scripts/write-docs.mjs\` from
the route list; not to be edited. The vendor's side: ${source}.

Of the vendor's ${vendor.length} endpoints in the families below, ${count('same', 'different')} are here, ${count('different')} of them with a difference, and ${count('theirs')} are not. ${count('extension')} more are
extensions of ours, which no SDK needs. Paths are below \`${accountPath}\`.

## Everywhere

${generalDifferences.map((sentence) => `- ${sentence}\n`).join('')}
${families.map((family) => renderFamily(family, rows)).join('\n')}
## Carriers

Messages go out over SMPP 3.4 and over HTTP ([carriers/http.md](carriers/http.md)). Of the HTTP presets, \`plivo\` and \`kannel\` are tried against the real things: another
Rucksack, and Kannel. \`twilio\`, \`telnyx\` and \`vonage\` are proven by webhooks written after the vendors' documentation and signed or checked by their own libraries,
\`bandwidth\` and \`jasmin\` by webhooks and answers written after theirs: no message was sent over the networks of these.

## Families that are not here

${markdownTable(['Family', 'For'], absentFamilies)}`;
}

function renderFamily(family: string, rows: readonly Row[]): string {
  const cells = rows
    .filter((row) => row.family === family)
    .map(({ method, path, title, standing, difference }) => [
      `${method} \`${path === '' ? accountPath : path}\``,
      title,
      standingText[standing],
      difference,
    ]);
  return `## ${family}\n\n${markdownTable(['Endpoint', 'What it does', 'Here', 'Difference'], cells)}`;
}

const standingText: Readonly<Record<Standing, string>> = {
  same: 'yes',
  different: 'yes, differs',
  theirs: 'no',
  extension: 'extension',
};

/** Returns all endpoints of both sides: the vendor's in its order, ours alone at the end of their family. */
function compare(own: readonly OwnEndpoint[], vendor: readonly VendorEndpoint[]): Row[] {
  const key = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const ownByKey = new Map(own.map((endpoint) => [key(endpoint), endpoint]));
  const vendorKeys = new Set(vendor.map(key));
  const theirs = vendor.map((endpoint): Row => {
    const operation = ownByKey.get(key(endpoint))?.operation;
    if (operation === undefined) return { ...endpoint, standing: 'theirs', difference: '' };
    const difference = differences[operation.operationId];
    const standing = difference === undefined ? 'same' : 'different';
    return { ...endpoint, title: operation.summary, standing, difference: difference ?? '' };
  });
  const ours = own
    .filter((endpoint) => !vendorKeys.has(key(endpoint)))
    .map(({ method, path, operation }): Row => {
      const [family = ''] = operation.tags;
      const difference = operation.description ?? '';
      return { family, method, path, title: operation.summary, standing: 'extension', difference };
    });
  return [...theirs, ...ours];
}
