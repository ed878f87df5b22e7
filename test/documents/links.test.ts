// The links between documents lead to files and headings that exist.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';
import { brokenLinks, documentsBelow } from './links.ts';

test('links between documents, and to pictures, lead somewhere', () => {
  const documents = documentsBelow(packageRoot, ['docs', 'kits']);
  assert.ok(documents.includes('docs/testing.md') && documents.includes('kits/go/README.md'));
  assert.deepEqual(brokenLinks(packageRoot, documents), []);
});
