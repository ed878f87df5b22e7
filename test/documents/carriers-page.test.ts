// The pages of carriers name every key that an entry may have, and every preset.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';
import { smppConfig } from '../../src/carriers/smpp/config.ts';
import { smppPresets } from '../../src/carriers/smpp/presets.ts';

test('docs/carriers/smpp.md names the keys and presets of an SMPP carrier', () => {
  const page = readFileSync(join(packageRoot, 'docs/carriers/smpp.md'), 'utf8');
  const names = [...Object.keys(smppConfig.shape), ...Object.keys(smppPresets)];
  assert.deepEqual(
    names.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});
