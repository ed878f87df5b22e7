// Reads the links of Markdown documents, and finds those that lead nowhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Returns the anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (document: string): string[] =>
  [...readFileSync(document, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Returns the links between files in a document that lead to no file, or to no heading of one. */
function brokenLinksOf(document: string): string[] {
  return [...readFileSync(document, 'utf8').matchAll(/\]\(([^)\s:]*)\)/g)].flatMap(([, link = '']) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    const isThere = existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
    return isThere ? [] : [link];
  });
}

/** Returns the broken links of documents below a folder: `docs/testing.md: ../kits`. */
export function brokenLinks(root: string, documents: readonly string[]): string[] {
  return documents.flatMap((document) =>
    brokenLinksOf(join(root, document)).map((link) => `${document}: ${link}`),
  );
}

/** Returns the Markdown documents below a folder of `root`, and those in `root` itself, without what is installed or compiled there. */
export function documentsBelow(root: string, folders: readonly string[]): string[] {
  const own = readdirSync(root).map((file) => join(root, file));
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(root, folder, file),
    ),
  );
  return [...own, ...below].filter((file) => file.endsWith('.md')).map((file) => relative(root, file));
}
