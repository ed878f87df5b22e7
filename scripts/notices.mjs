// The notices of the libraries that a joined script contains.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Returns the names, versions and licences of the libraries that these files are of; their paths begin at `folder`. */
export async function noticesOf(files, folder) {
  const libraries = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const notices = await Promise.all([...libraries].sort().map((library) => noticeOf(join(folder, library))));
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(library) {
  const { name, version, license } = JSON.parse(await readFile(join(library, 'package.json'), 'utf8'));
  const file = (await readdir(library)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${await readFile(join(library, file), 'utf8')}`;
}
