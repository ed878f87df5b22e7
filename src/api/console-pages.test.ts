import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { ApiError } from '../base/errors.ts';
import { consolePages } from './console-pages.ts';

/** Calls the page at a path; `file` is the last segment. */
async function ask(path: string, file = '', takesGzip = false) {
  const page = consolePages().find((one) => one.path === path);
  assert.ok(page !== undefined);
  const { headers, body } = await page.answer({ file }, { takesGzip, wantsHtml: true, origin: undefined });
  return { headers, body: Buffer.from(body) };
}

const assetsOf = (html: string) =>
  [...html.matchAll(/"\/console\/assets\/([^"]+)"/g)].map(([, file = '']) => file);

test('every address below /console is the same page, which may run only its own script', async () => {
  const page = await ask('/console');
  assert.equal(page.body.toString(), (await ask('/console/*')).body.toString());
  const policy = page.headers['content-security-policy'] ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
});

test('its files are served plain or compressed, and cached for ever', async () => {
  const files = assetsOf((await ask('/console')).body.toString());
  for (const kind of ['svg', 'css', 'js']) assert.ok(files.some((file) => file.endsWith(`.${kind}`)));
  for (const file of files) {
    const plain = await ask('/console/assets/:file', file);
    const small = await ask('/console/assets/:file', file, true);
    assert.deepEqual(gunzipSync(small.body), plain.body);
    assert.equal(small.headers['content-encoding'], 'gzip');
    assert.match(plain.headers['cache-control'] ?? '', /immutable/);
  }
});

/** Returns the size of a script with all that it imports before it runs, compressed, and the scripts that it loads later. */
async function scriptsFrom(files: readonly string[]) {
  const sizes = new Map<string, number>();
  const later = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (sizes.has(file)) return;
    sizes.set(file, 0);
    const { body } = await ask('/console/assets/:file', file, true);
    sizes.set(file, body.length);
    const text = gunzipSync(body).toString();
    for (const [, name = ''] of text.matchAll(/\bimport\("\.\/([\w.-]+)"\)/g)) later.add(name);
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)"\.\/([\w.-]+)"/g)) await visit(name);
  };
  for (const file of files) await visit(file);
  return { bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0), later };
}

test('no view takes more than 100 KB of script, compressed', async () => {
  const named = assetsOf((await ask('/console')).body.toString()).filter((file) => file.endsWith('.js'));
  const { later } = await scriptsFrom(named);
  const pages = [...later].filter((file) => file.includes('-page-'));
  assert.ok(pages.length > 20, `${pages.length} pages`);
  for (const page of pages) {
    const { bytes } = await scriptsFrom([...named, page]);
    assert.ok(bytes < 100_000, `${page}: ${bytes} bytes`);
  }
});

for (const file of ['nothing.js', '../index.html', '..%2f..%2fpackage.json', 'main.map', '.js', '']) {
  test(`there is no file ${JSON.stringify(file)}`, async () => {
    await assert.rejects(ask('/console/assets/:file', file), ApiError);
  });
}

test('/ leads a browser to the console, and nobody else anywhere', async () => {
  const page = consolePages().find(({ path }) => path === '/');
  assert.ok(page !== undefined);
  const reader = { takesGzip: false, origin: undefined };
  const { status, body } = await page.answer({}, { ...reader, wantsHtml: true });
  assert.equal(status, 200);
  assert.match(String(body), /url=\/console"/);
  await assert.rejects(page.answer({}, { ...reader, wantsHtml: false }), /not found/);
});
