// Makes request bodies: parameters as JSON, as a form, as a multipart form, and what is none of these.
import fc from 'fast-check';
import { bodyLimitBytes } from '../../src/http/body.ts';
import { anyJson, hostileText } from './hostile-values.ts';
import { objectJson, type Parameter } from './schema-values.ts';

/** A body and the type that it is said to have. */
export interface Content {
  readonly type: string | undefined;
  readonly body: Buffer;
}

export const noContent: Content = { type: undefined, body: Buffer.alloc(0) };
const content = (type: string | undefined, body: string | Uint8Array): Content => ({
  type,
  body: Buffer.from(body),
});
const json = 'application/json';
const boundary = 'xyz';

/**
 * Returns bodies with these parameters in any form, some damaged or of a wrong type; and worse. Where files are wanted, most of
 * them have files.
 */
export function contents(input: fc.Arbitrary<Parameter[]>, wantsFiles: boolean): fc.Arbitrary<Content> {
  const bodies = fc.oneof(
    { arbitrary: fileForms, weight: wantsFiles ? 40 : 0 },
    { arbitrary: input.map((parameters) => content(json, objectJson(parameters))), weight: 10 },
    {
      arbitrary: input.map((parameters) =>
        content('application/x-www-form-urlencoded', formText(parameters)),
      ),
      weight: 3,
    },
    {
      arbitrary: input.map((parameters) =>
        content(`multipart/form-data; boundary=${boundary}`, multipart(parameters)),
      ),
      weight: 2,
    },
    { arbitrary: fc.constant(noContent), weight: 1 },
    { arbitrary: anyJson.map((text) => content(json, text)), weight: 1 },
    { arbitrary: brokenBodies, weight: 1 },
  );
  const cut = fc.oneof(
    { arbitrary: fc.constant(1), weight: 15 },
    { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 1 },
  );
  const types = fc.oneof(
    { arbitrary: fc.constant('as it is'), weight: 12 },
    { arbitrary: fc.constantFrom(undefined, ...strangeTypes), weight: 1 },
  );
  return fc.tuple(bodies, cut, types).map(([{ type, body }, kept, otherType]) => ({
    type: otherType === 'as it is' ? type : otherType,
    body: body.subarray(0, Math.floor(body.length * kept)),
  }));
}

function multipart(parameters: readonly Parameter[]): string {
  const parts = parameters.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${formValue(value)}\r\n`,
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}

const files: readonly (readonly [name: string, type: string, content: string])[] = [
  ['a.txt', 'text/plain', 'hello'],
  ['a.txt', 'image/png', 'hello'],
  ['..\\..\\a.png', '', '\x89PNG\r\n\x1a\n'],
  ['', 'text/plain', ''],
  ['a.exe', 'application/octet-stream', 'MZ'],
  ['\xc3\xa4\0.csv', 'text/csv; charset=', 'a,b'],
  ['x'.repeat(300), 'x'.repeat(300), 'x'.repeat(70_000)],
];

const fileForms: fc.Arbitrary<Content> = fc
  .array(fc.constantFrom(...files), { minLength: 1, maxLength: 12 })
  .map((chosen) => {
    const parts = chosen.map(
      ([name, type, body]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
        `${type === '' ? '' : `Content-Type: ${type}\r\n`}\r\n${body}\r\n`,
    );
    const form = Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'latin1');
    return content(`multipart/form-data; boundary=${boundary}`, form);
  });

const part = (head: string, body = 'x') => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n--${boundary}--\r\n`;

const brokenBodies: fc.Arbitrary<Content> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => content(json, bytes)),
  hostileText.map((text) => content(json, text)),
  fc.constantFrom(
    content(json, Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])),
    content(json, Buffer.from('{"name":"\xed\xa0\x80"}', 'latin1')),
    content(json, Buffer.from('{"name":"utf16"}', 'utf16le')),
    content(json, '{"name":"twice","name":1}'),
    content(json, '{"name":"\\u0000"}'),
    content(json, '{"name":"\\ud800"}'),
    content(json, `{"name":"${'x'.repeat(bodyLimitBytes)}"}`),
    content(json, '['.repeat(bodyLimitBytes)),
    content(json, ' '.repeat(bodyLimitBytes)),
    content(json, '{"a":'.repeat(200_000)),
    content('application/x-www-form-urlencoded', '&'.repeat(bodyLimitBytes)),
    content('application/x-www-form-urlencoded', 'a=%&b=%u0041&%=%'),
    content('multipart/form-data', part('Content-Disposition: form-data; name="name"')),
    content('multipart/form-data; boundary=', part('Content-Disposition: form-data; name="name"')),
    content(
      `multipart/form-data; boundary="${'b'.repeat(300)}"`,
      part('Content-Disposition: form-data; name="n"'),
    ),
    content(
      `multipart/form-data; boundary=${boundary}`,
      part('Content-Disposition: form-data; name="f"; filename="f"'),
    ),
    content(`multipart/form-data; boundary=${boundary}`, part('Content-Disposition: form-data')),
    content(`multipart/form-data; boundary=${boundary}`, part('Content-Type: ;;;\r\nname=')),
    content(`multipart/form-data; boundary=${boundary}`, part(`X: name=${'x'.repeat(100_000)}`)),
    content(`multipart/form-data; boundary=${boundary}`, `--${boundary}\r\nname=`),
    content(
      `multipart/form-data; boundary=${boundary}`,
      part('Content-Disposition: form-data; name="__proto__"'),
    ),
    content(
      `multipart/form-data; boundary=${boundary}`,
      part("Content-Disposition: form-data; name*=UTF-8''%ff; name=name", 'x'.repeat(100_000)),
    ),
  ),
);

const strangeTypes: readonly string[] = [
  '',
  ';;;',
  '/',
  'application',
  'application/json;',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/json; charset=no-such-charset; charset=x',
  'APPLICATION/JSON',
  'application/json, application/json',
  'application/problem+json',
  'application/x-www-form-urlencoded; charset=latin1',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=a; boundary=b',
  'multipart/mixed; boundary=xyz',
  'text/plain',
  'text/xml',
  'application/octet-stream',
  'x'.repeat(5_000),
  '\xff\xfe',
];

/** Returns parameters as a form has them: texts without their quotes, everything else as JSON. */
export function formText(parameters: readonly Parameter[]): string {
  const fields = parameters.map(([name, json]): [string, string] => [name, formValue(json)]);
  return new URLSearchParams(fields).toString().slice(0, maxFormBytes);
}

const maxFormBytes = 10_000;

const formValue = (json: string): string => (json.startsWith('"') ? String(JSON.parse(json)) : json);
