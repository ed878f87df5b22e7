// Makes XML that people write by hand well-formed, and refuses markup that would keep the parser busy. Pure.
import { htmlEntities } from './html-entities.ts';

/** The XML as a parser takes it, or why no parser should see it; `why` quotes nothing of it. */
type MendedXml = { readonly xml: string } | { readonly why: string };

/** An answer needs two: the root and its messages. The parser's time grows with the square of the depth. */
const maxDepth = 16;
/** Of elements, attributes, comments and sections together. A hundred messages with all their attributes have 700. */
const maxMarkup = 1000;

export const notWellFormed = 'it is not well-formed XML';

/**
 * Encodes each `&` that begins no reference and each `<` that begins no markup, and replaces HTML's names of characters: the Go
 * SDK writes texts as they are, people forget to escape `dst`, and many write `&nbsp;`. Well-formed XML, comments and CDATA
 * sections stay as they are. Refuses a document type, a root element of another name than `root` (in any case), and more markup
 * than an answer needs. Takes time in proportion to the length.
 */
export function mendXml(xml: string, root: string): MendedXml {
  const pieces: string[] = [];
  let depth = 0;
  let count = 0;
  let hasRoot = false;
  let end = 0;
  for (let start = findMarkup(xml, 0); start !== -1; start = findMarkup(xml, end)) {
    const markup = readMarkup(xml, start);
    if ('why' in markup) return markup;
    const { element } = markup;
    if (!hasRoot && element !== undefined && element.toLowerCase() !== root.toLowerCase())
      return { why: `its root element is not ${root}` };
    hasRoot ||= element !== undefined;
    depth += markup.nesting;
    count += markup.count;
    if (depth > maxDepth) return { why: `it nests elements more than ${maxDepth} deep` };
    if (count > maxMarkup) return { why: `it has more than ${maxMarkup} elements, attributes and comments` };
    pieces.push(escapeSigns(xml.slice(end, start)), markup.mended);
    end = markup.end;
  }
  return { xml: pieces.join('') + escapeSigns(xml.slice(end)) };
}

/** Returns where the next markup begins; -1 where there is none. A `<` in front of a blank or a digit is none. */
function findMarkup(xml: string, from: number): number {
  const begin = /<(?=[/?!:_a-z])/gi;
  begin.lastIndex = from;
  return begin.exec(xml)?.index ?? -1;
}

interface Markup {
  /** Where the text behind it begins. */
  readonly end: number;
  readonly mended: string;
  /** The name of the element that it begins. */
  readonly element?: string;
  /** By how much what follows is nested deeper. */
  readonly nesting: -1 | 0 | 1;
  /** How many of `maxMarkup` it is. */
  readonly count: number;
}

/** Beginnings and ends of markup that stands for itself. */
const sections: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

function readMarkup(xml: string, start: number): Markup | { readonly why: string } {
  for (const [begin, closing] of sections) {
    if (!xml.startsWith(begin, start)) continue;
    const at = xml.indexOf(closing, start + begin.length);
    if (at === -1) return { why: notWellFormed };
    const end = at + closing.length;
    return { end, mended: xml.slice(start, end), nesting: 0, count: 1 };
  }
  if (xml.startsWith('<!', start)) return { why: 'it has a document type' };
  return readTag(xml, start);
}

/** Reads `<name …>`, `<name …/>` or `</name>`. A `>` within quotes does not end it. */
function readTag(xml: string, start: number): Markup | { readonly why: string } {
  const sign = /["'>]/g;
  sign.lastIndex = start;
  let attributes = 0;
  for (let found = sign.exec(xml); found !== null; found = sign.exec(xml)) {
    if (found[0] === '>') return tagOf(xml, start, sign.lastIndex, attributes);
    const quote = xml.indexOf(found[0], sign.lastIndex);
    if (quote === -1) break;
    sign.lastIndex = quote + 1;
    attributes += 1;
  }
  return { why: notWellFormed };
}

function tagOf(xml: string, start: number, end: number, attributes: number): Markup {
  const mended = `<${escapeSigns(xml.slice(start + 1, end))}`;
  if (xml[start + 1] === '/') return { end, mended, nesting: -1, count: 0 };
  const element = /^[^\s/>]*/.exec(xml.slice(start + 1, end))?.[0] ?? '';
  return { end, mended, element, nesting: xml[end - 2] === '/' ? 0 : 1, count: 1 + attributes };
}

/** Encodes signs that are no markup: in text between tags, and within a tag behind its `<`. */
function escapeSigns(text: string): string {
  return text
    .replace(/&([A-Za-z][A-Za-z0-9]*);/g, (reference, name: string) => htmlEntities.get(name) ?? reference)
    .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/g, '&amp;')
    .replaceAll('<', '&lt;');
}
