// Webhooks as vendors document them, signed by the vendors' libraries: read as meant, and refused once an octet is another one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';
import { httpConfig } from '../../src/carriers/http/config.ts';
import { HttpWebhooks, type WebhookRequest } from '../../src/carriers/http/http-webhooks.ts';
import { signCallback } from '../../src/webhooks/http/sign.ts';

interface Recorded {
  readonly vendor: string;
  readonly at: string;
  readonly entry: object;
  readonly webhooks: readonly {
    readonly title: string;
    readonly kind: 'report' | 'inbound';
    readonly method: string;
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly expect: { readonly reports?: readonly object[]; readonly messages?: readonly object[] };
  }[];
}

const directory = join(packageRoot, 'test/data/carrier-webhooks');
const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
const pathSecret = 'a-secret-of-the-path';

for (const file of files) {
  const { vendor, at, entry, webhooks } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Recorded;
  const now = new Date(at);
  const parts = { pathSecret, publicUrl: () => 'https://rucksack.example.com', signPlivo: signCallback };
  const carrier = new HttpWebhooks(httpConfig.parse({ name: 'up', type: 'http', ...entry }), parts);

  describe(`${vendor} (${file})`, () => {
    for (const { title, kind, method, target, headers, body, expect } of webhooks) {
      const request: WebhookRequest = {
        kind,
        method,
        target,
        pathSecret,
        reference: /\/report\/([^?]+)/.exec(target)?.[1],
        headers,
        body: Buffer.from(body),
        address: '203.0.113.7',
      };

      test(title, () => {
        const content = carrier.read(request, now);
        assert.ok('answer' in content, JSON.stringify(content));
        const expectedReports = (expect.reports ?? []).map((report) => ({
          errorCode: undefined,
          at: now,
          ...report,
        }));
        assert.deepEqual(content.reports, expectedReports);
        assert.deepEqual(content.messages, expect.messages ?? []);
      });

      test(`${title}: any other octet is refused`, () => {
        const refused = { refusal: 'proof' };
        const proof = Object.keys(headers).find(
          (name) => name !== 'content-type' && !name.endsWith('timestamp'),
        );
        if (proof !== undefined) {
          const value = headers[proof] ?? '';
          for (let index = 0; index < value.replace(/=+$/, '').length - 1; index++) {
            const changed: WebhookRequest['headers'] = { ...headers, [proof]: replaceAt(value, index) };
            assert.deepEqual(
              carrier.read({ ...request, headers: changed }, now),
              refused,
              `${proof} ${index}`,
            );
          }
        }
        // Bandwidth signs nothing: its name and password are the proof.
        if (proof === 'authorization' && headers.authorization?.startsWith('Basic')) return;
        for (let index = 0; index < body.length; index++) {
          const changed = Buffer.from(replaceAt(body, index));
          assert.deepEqual(carrier.read({ ...request, body: changed }, now), refused, `body ${index}`);
        }
      });

      test(`${title}: another path secret is refused, before anything else is looked at`, () => {
        const read = carrier.read({ ...request, pathSecret: `${pathSecret}x`, headers: {} }, now);
        assert.deepEqual(read, { refusal: 'secret' });
      });
    }
  });
}

function replaceAt(text: string, index: number): string {
  const character = text[index] === 'x' ? 'y' : 'x';
  return text.slice(0, index) + character + text.slice(index + 1);
}
