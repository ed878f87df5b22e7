// Answers in the encodings that servers write by default.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeAnswer } from './decode-answer.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text);
const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>café</a>`;

const cases: [what: string, contentType: string, body: Buffer, text: string][] = [
  ['UTF-8 by default', 'text/xml', utf8('café ☃'), 'café ☃'],
  ['UTF-8, said by the header', 'text/xml; charset=utf-8', utf8('café ☃'), 'café ☃'],
  ['a byte order mark', 'text/xml', utf8('\ufeffcafé'), 'café'],
  ['ISO-8859-1, said by the header', 'application/xml;charset=ISO-8859-1', latin('café'), 'café'],
  ['in quotes', 'text/xml; charset="iso-8859-1"; x=y', latin('café'), 'café'],
  ['UTF-16, said by the header', 'text/xml; charset=utf-16', Buffer.from('café', 'utf16le'), 'café'],
  ['ISO-8859-1, said by the declaration', 'text/xml', latin(declared('ISO-8859-1')), declared('ISO-8859-1')],
  [
    'a header against a declaration',
    'text/xml; charset=utf-8',
    utf8(declared('ISO-8859-1')),
    declared('ISO-8859-1'),
  ],
  ['a declaration that cannot be true', 'text/xml', utf8(declared('utf-16')), declared('utf-16')],
  ['an unknown name', 'text/xml; charset=klingon', utf8('café'), 'café'],
  ['what is not encoded as it says', 'text/xml', latin('café'), 'caf\ufffd'],
];

for (const [what, contentType, body, text] of cases) {
  test(what, () => assert.equal(decodeAnswer(contentType, body), text));
}
