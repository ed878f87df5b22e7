// docs/several-hosts.md lists the endpoints that a standby answers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { routes } from '../../src/api/routes.ts';
import { packageRoot } from '../../src/base/package-root.ts';

test('docs/several-hosts.md lists the reads that may lag', () => {
  const page = readFileSync(join(packageRoot, 'docs/several-hosts.md'), 'utf8');
  const [, section = ''] = page.split('\n## Reads from a standby\n');
  const [, table = ''] = /\n\|.*?\n\| --- .*?\n(.*?)\n\n/s.exec(section) ?? [];
  const listed = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(.+?)`/g)].map(([, path]) => path));
  const lagging = routes
    .filter(({ endpoint }) => endpoint.mayLag)
    .map(({ path }) => `${path.split('/:auth_id/')[1]?.replaceAll(/:(\w+)/g, '{$1}')}/`);
  assert.deepEqual(listed.toSorted(), lagging.toSorted());
});
