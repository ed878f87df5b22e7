// The pages of the reference, as a browser gets them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { referencePages } from './reference.ts';

async function getPage(path: string, publicUrl?: string) {
  const page = referencePages(publicUrl).find((page) => page.path === path);
  assert.ok(page !== undefined);
  const { status, headers, body } = await page.answer(
    {},
    { takesGzip: false, wantsHtml: true, origin: 'http://127.0.0.1:9000' },
  );
  return { status, headers, body: String(body) };
}

describe('/docs', () => {
  test('allows nothing to be loaded or run, except its own style', async () => {
    const { status, headers, body } = await getPage('/docs');
    assert.equal(status, 200);
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      headers['content-security-policy'],
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  test('contains nothing that the policy would refuse', async () => {
    const { body } = await getPage('/docs');
    assert.doesNotMatch(body, /<script|<link|<img|<iframe|\ssrc=|\sstyle=|\son\w+=|@import|url\(/);
  });

  test('has an element for every link within it, and no id twice', async () => {
    const { body } = await getPage('/docs');
    const places = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(places).size, places.length);
    const links = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    assert.ok(links.length > 100);
    assert.deepEqual(
      links.filter((id) => !places.includes(id)),
      [],
    );
  });

  test('shows requests that can be pasted into a shell', async () => {
    const { body } = await getPage('/docs');
    assert.ok(body.includes('export RUCKSACK_URL=http://127.0.0.1:9000\n'));
    assert.ok(
      body.includes(
        [
          'curl -u $PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN \\',
          '  &quot;$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID/Powerpack/&quot; \\',
          '  -H &#39;Content-Type: application/json&#39; \\',
          '  -d &#39;{&quot;name&quot;:&quot;checkout-alerts&quot;,&quot;sticky_sender&quot;:true}&#39;',
        ].join('\n'),
      ),
    );
  });
});

test('/docs names the public address where there is one', async () => {
  const { body } = await getPage('/docs', 'https://sms.example.net');
  assert.ok(body.includes('export RUCKSACK_URL=https://sms.example.net\n'));
});

test('/openapi.json is the description, with the public address as its server', async () => {
  const { headers, body } = await getPage('/openapi.json', 'https://sms.example.net');
  assert.equal(headers['content-type'], 'application/json');
  const { openapi, servers } = JSON.parse(body) as { openapi: string; servers: { url: string }[] };
  assert.deepEqual([openapi, servers], ['3.1.1', [{ url: 'https://sms.example.net' }]]);
});
