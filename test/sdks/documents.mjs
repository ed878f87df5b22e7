// Code blocks of our own documents, which the checks run as they stand.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/ready.mjs';

/** The address that the documents print; a server in a test has another port. */
const printedUrl = 'http://127.0.0.1:8080';

/** Returns the first block of a language below a heading: with the server's own address, unless it reads that from `RUCKSACK_URL`. */
export async function readBlock(document, heading, language, server) {
  const [, below] = (await readFile(join(root, document), 'utf8')).split(`\n${heading}\n`);
  const [, block] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(below ?? '') ?? [];
  if (block === undefined) throw new Error(`${document} has no ${language} block below "${heading}"`);
  if (!block.includes(printedUrl) && !block.includes('RUCKSACK_URL')) {
    throw new Error(`the block below "${heading}" names no server`);
  }
  return block.replaceAll(printedUrl, server.url);
}
