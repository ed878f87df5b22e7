// The content types of uploaded files, as tables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acceptedContentTypes, contentTypeOf, contentTypeOfName, isAccepted } from './content-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const nothing = 'application/octet-stream';

const jpeg = bytes('\xff\xd8\xff\xe0\0\x10JFIF');
const png = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR');

const cases: [what: string, declared: string, name: string, content: Buffer, type: string][] = [
  ['what the sender says counts', 'image/png', 'a.jpg', jpeg, 'image/png'],
  ['case does not count', 'IMAGE/PNG', 'a', png, 'image/png'],
  ['another name of a type', 'image/jpg', 'a', jpeg, 'image/jpeg'],
  ['what Node says of .vcf', 'text/x-vcard', 'a.vcf', bytes('x'), 'text/vcard'],
  ['what Node says of .xcf', 'image/x-xcf', 'a.xcf', bytes('x'), 'image/xcf'],
  ['a type that is not accepted is not replaced', 'text/html', 'a.png', png, 'text/html'],
  ['the first bytes go before the name', nothing, 'a.png', jpeg, 'image/jpeg'],
  ['a part without a type counts as text/plain', 'text/plain', 'picture', png, 'image/png'],
  ['GIF', nothing, '', bytes('GIF89a'), 'image/gif'],
  ['XCF', nothing, '', bytes('gimp xcf v011'), 'image/xcf'],
  ['MP3 with tags', nothing, '', bytes('ID3\x04'), 'audio/mpeg'],
  ['MP3 without', nothing, '', bytes('\xff\xfb\x90'), 'audio/mpeg'],
  ['WAV', nothing, '', bytes('RIFF\x24\0\0\0WAVEfmt '), 'audio/wav'],
  ['Ogg', nothing, '', bytes('OggS\0'), 'audio/ogg'],
  ['MP4', nothing, '', bytes('\0\0\0\x18ftypisom'), 'video/mp4'],
  ['3GPP', nothing, '', bytes('\0\0\0\x18ftyp3gp5'), 'video/3gpp'],
  ['3GPP2', nothing, '', bytes('\0\0\0\x18ftyp3g2a'), 'video/3gpp2'],
  ['MPEG', nothing, '', bytes('\0\0\x01\xba'), 'video/mpeg'],
  ['PDF', nothing, '', bytes('%PDF-1.7'), 'application/pdf'],
  ['vCard', nothing, '', bytes('BEGIN:VCARD\r\n'), 'text/vcard'],
  ['HEIC is no MP4', nothing, 'a', bytes('\0\0\0\x18ftypheic'), nothing],
  ['by the name', nothing, 'list.of.names.CSV', bytes('a,b'), 'text/csv'],
  ['Excel by the name', nothing, 'a.xls', bytes('\xd0\xcf\x11\xe0'), 'application/vnd.ms-excel'],
  ['any text', 'text/plain', 'readme', bytes('hello'), 'text/plain'],
  ['what holds a NUL is no text', 'text/plain', 'program', bytes('\x7fELF\0'), nothing],
  ['unknown bytes', nothing, 'a.exe', bytes('MZ'), nothing],
  ['a type that is none', 'png', 'a.png', bytes('x'), 'image/png'],
  ['a type without an end', `image/${'x'.repeat(100)}`, 'a.gif', bytes('x'), 'image/gif'],
  ['no type at all', '', 'a', png, 'image/png'],
];

describe('the content type of a file', () => {
  for (const [what, declared, name, content, type] of cases) {
    test(what, () => assert.equal(contentTypeOf(declared, name, content), type));
  }
});

test('only the last extension of a name counts', () => {
  assert.equal(contentTypeOfName('a.png'), 'image/png');
  assert.equal(contentTypeOfName('a.png.exe'), nothing);
  assert.equal(contentTypeOfName('png'), nothing);
  assert.equal(contentTypeOfName(''), nothing);
});

test('the types of the SDKs are accepted, and none that a browser would run', () => {
  assert.equal(acceptedContentTypes.length, 17);
  assert.ok(acceptedContentTypes.every(isAccepted));
  for (const type of ['text/html', 'image/svg+xml', 'text/xml', 'application/javascript', nothing, '']) {
    assert.ok(!isAccepted(type), type);
  }
});
