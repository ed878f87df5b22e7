// Forms with files: what is read, what is skipped, and that reading a broken form ends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boundary, filePart, multipartBody, multipartType, type Part } from '../../test/support/multipart.ts';
import { readMultipart } from './multipart.ts';

const maxFieldBytes = 100;
const wanted = { field: 'file', maxFiles: 2, maxBytes: 5 };
const read = (body: Buffer, files: typeof wanted | undefined = wanted) =>
  readMultipart(multipartType, body, maxFieldBytes, files);

const field: Part = { head: ['Content-Disposition: form-data; name="note"'], content: 'hello' };
const otherFile: Part = {
  head: ['Content-Disposition: form-data; name="other"; filename="o.txt"'],
  content: 'other',
};

test('fields and files are read unchanged', async () => {
  const files = [filePart('a.txt', 'Text/CSV; charset=utf-8', 'a\r\n\xff'), filePart('b', 'image/png', '')];
  assert.deepEqual(await read(multipartBody([field, ...files])), {
    fields: [['note', 'hello']],
    files: [
      {
        name: 'a.txt',
        contentType: 'text/csv',
        content: Buffer.from('a\r\n\xff', 'latin1'),
        isTooLarge: false,
      },
      { name: 'b', contentType: 'image/png', content: Buffer.alloc(0), isTooLarge: false },
    ],
  });
});

test('a file may have exactly the size limit; of a larger one nothing is stored', async () => {
  const { files } = await read(
    multipartBody([filePart('a', 'text/csv', '12345'), filePart('b', 'text/csv', '123456')]),
  );
  assert.deepEqual(
    files.map(({ content, isTooLarge }) => [String(content), isTooLarge]),
    [
      ['12345', false],
      ['', true],
    ],
  );
});

test('files of other names, and files that are not wanted, are skipped', async () => {
  const body = multipartBody([otherFile, field]);
  const expected = { fields: [['note', 'hello']], files: [] };
  assert.deepEqual(await read(body), expected);
  assert.deepEqual(await readMultipart(multipartType, body, maxFieldBytes, undefined), expected);
});

describe('skipped files may have any size', () => {
  const heads: [what: string, head: readonly string[]][] = [
    ['a file that nobody wants', otherFile.head],
    ['a part without a name', ['X: y']],
    ['a part that is no field', ['Content-Disposition: attachment']],
  ];
  for (const [what, head] of heads) {
    test(what, async () => {
      for (const bytes of [1, 16 * 1024 - 1, 16 * 1024, 65_537, 300_000]) {
        const content = 'x'.repeat(bytes);
        const form = await read(multipartBody([{ head, content }, field, { head, content }]));
        assert.deepEqual(form, { fields: [['note', 'hello']], files: [] }, `${bytes} bytes`);
      }
    });
  }
});

test('too many files are refused, large ones as well', async () => {
  const large = Array.from({ length: 3 }, () => filePart('a', 'text/csv', '1'.repeat(100_000)));
  await assert.rejects(read(multipartBody(large)), { message: 'at most 2 files may be sent at once' });
});

test('too many files are refused', async () => {
  const parts = Array.from({ length: 3 }, () => filePart('a', 'text/csv', '1'));
  const refusal = { kind: 'invalid', message: 'at most 2 files may be sent at once' };
  await assert.rejects(read(multipartBody(parts)), refusal);
});

describe('a broken form', () => {
  const whole = multipartBody([field, filePart('a', 'text/csv', '123')]);
  const broken = { kind: 'invalid', message: 'request body is not a valid multipart form' };

  test('is refused, wherever it was cut', async () => {
    const nameEnd = whole.indexOf('name=') + 'name='.length;
    const closing = whole.lastIndexOf(`--${boundary}--`) + `--${boundary}--`.length;
    for (let length = nameEnd; length < closing; length++) {
      await assert.rejects(read(whole.subarray(0, length)), broken, `${length} bytes`);
    }
  });

  test('ends, whichever byte is wrong', async () => {
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 0x0a, 0x22, 0x2d, 0xff]) {
        const body = Buffer.from(whole);
        body[at] = byte;
        const outcome = await read(body).catch((error: Error) => error.message);
        assert.ok(outcome === broken.message || typeof outcome === 'object', `${byte} at ${at}`);
      }
    }
  });
});
