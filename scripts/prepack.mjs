// Before a package is packed: builds it, and writes the list of what it depends on (CycloneDX), which npm itself makes.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady, root } from './ready.mjs';

makeReady();
const bill = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
writeFileSync(join(root, 'dist', 'sbom.cdx.json'), bill);
