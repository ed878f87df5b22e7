// Opt-outs in words, as tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockedInWords, sourceInWords } from './opt-out-words.ts';

test('an opt-out blocks a number, a powerpack or the account', () => {
  assert.equal(blockedInWords({ scope: 'number', number: '12015550101' }), '+1 201 555 0101');
  assert.equal(blockedInWords({ scope: 'number', number: null }), 'One number');
  assert.equal(blockedInWords({ scope: 'powerpack', number: '12015550101' }), 'A whole powerpack');
  assert.equal(blockedInWords({ scope: 'account', number: null }), 'Every number of the account');
});

test('where an opt-out comes from', () => {
  assert.equal(sourceInWords({ source: 'message', author: null }), 'the person');
  assert.equal(sourceInWords({ source: 'api', author: 'Ann' }), 'by hand (Ann)');
  assert.equal(sourceInWords({ source: 'import', author: null }), 'a file');
});
