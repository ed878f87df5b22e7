// `npm run release -- 0.3.0`: gives the pending lines of the change log a version and today's date, and the packages that version.
// Commit, tag and `npm publish` are left to a person.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ready.mjs';

const [version = ''] = process.argv.slice(2);
const changeLog = join(root, 'CHANGELOG.md');
const pending = '## Pending\n';
const text = readFileSync(changeLog, 'utf8');
if (!/^\d+\.\d+\.\d+$/.test(version)) fail('give a version, such as 0.3.0');
if (!text.includes(pending)) fail('CHANGELOG.md has nothing pending');

for (const folder of ['.', 'client']) {
  execFileSync('npm', ['version', version, '--no-git-tag-version', '--allow-same-version'], {
    cwd: join(root, folder),
    shell: process.platform === 'win32',
  });
}
writeFileSync(changeLog, text.replace(pending, `## ${version} (${new Date().toISOString().slice(0, 10)})\n`));
process.stdout.write(`Version ${version}. Now: npm test, commit, git tag v${version}, npm publish.\n`);

function fail(sentence) {
  process.stderr.write(`release: ${sentence}\n`);
  process.exit(1);
}
