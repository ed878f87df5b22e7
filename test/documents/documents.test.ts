// The written documents are fresh, and what they are written from fits together.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { describeApi } from '../../src/api/reference/openapi.ts';
import { routes } from '../../src/api/routes.ts';
import { packageRoot } from '../../src/base/package-root.ts';
import { ownEndpoints, renderCoverage } from './coverage.ts';
import { differences } from './differences.ts';
import { documents } from './documents.ts';
import { markdownTable, replacePart } from './markdown.ts';
import { vendorEndpoints } from './vendor-endpoints.ts';

for (const { path, write } of documents) {
  test(`${path} is fresh (else: node scripts/write-docs.mjs)`, () => {
    const present = readFileSync(join(packageRoot, path), 'utf8');
    assert.equal(present, write(present));
  });
}

describe('coverage', () => {
  const own = ownEndpoints(describeApi(routes, '', undefined).paths);

  test("lists our own endpoints, the vendor's, and those that differ", () => {
    const [first] = own.filter(({ operation }) => operation.operationId === 'updatePowerpack');
    assert.ok(first !== undefined);
    const text = renderCoverage(
      [first, { ...first, path: 'Powerpack/{powerpack_uuid}/Extra/' }],
      [
        { family: 'Powerpack', method: 'POST', path: 'Powerpack/{powerpack_uuid}/', title: 'Update' },
        { family: 'Message', method: 'POST', path: 'Message/', title: 'Send a message' },
      ],
    );
    assert.match(
      text,
      /2 endpoints in the families below, 1 are here, 1 of them with a difference, and 1 are not/,
    );
    assert.match(
      text,
      /\| POST `Powerpack\/\{powerpack_uuid\}\/` \| Update a powerpack \| yes, differs \| Parameters that/,
    );
    assert.match(
      text,
      /\| POST `Powerpack\/\{powerpack_uuid\}\/Extra\/` \| Update a powerpack \| extension \|/,
    );
    assert.match(text, /\| POST `Message\/` \| Send a message \| no \|/);
  });

  test('our own endpoints are marked as extensions, and no others', () => {
    const vendor = new Set(vendorEndpoints.map(({ method, path }) => `${method} ${path}`));
    for (const { method, path, operation } of own) {
      const isVendors = vendor.has(`${method} ${path}`);
      assert.equal(operation['x-extension'] === true, !isVendors, `${method} ${path}`);
    }
  });

  test('differences are listed for operations that exist', () => {
    const known = own.map(({ operation }) => operation.operationId);
    assert.deepEqual(
      Object.keys(differences).filter((name) => !known.includes(name)),
      [],
    );
  });
});

describe('Markdown', () => {
  test('cells cannot break a table', () => {
    assert.equal(markdownTable(['a'], [['x|y\nz']]), '| a |\n| --- |\n| x\\|y z |\n');
  });

  test('a part of a document is replaced, and only it', () => {
    const document = 'before\n<!-- t:begin (a note) -->\nold\n<!-- t:end -->\nafter\n';
    const replaced = replacePart(document, 't', 'new\n');
    assert.equal(replaced, 'before\n<!-- t:begin (a note) -->\nnew\n<!-- t:end -->\nafter\n');
    assert.equal(replacePart(replaced, 't', 'new\n'), replaced);
  });

  test('a document without that part is refused', () => {
    assert.throws(() => replacePart('nothing', 't', 'new'), /The document has no part t/);
  });
});
