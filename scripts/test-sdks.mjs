// `npm run test:sdks [-- python go java node] [--skip-missing]`: runs Plivo's own SDKs, unmodified and from their registries,
// against a server, and the test kits of the languages. Needs the tool chains of the languages; their absence is a failure unless it may be skipped.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { go } from '../test/sdks/go/language.mjs';
import { java } from '../test/sdks/java/language.mjs';
import { kits } from '../test/sdks/kits.mjs';
import { isOnPath, run, runOrThrow } from '../test/sdks/processes.mjs';
import { python } from '../test/sdks/python/language.mjs';
import { runSamples } from '../test/sdks/samples.mjs';
import { withServer } from '../test/sdks/server.mjs';
import { readTap } from '../test/sdks/tap.mjs';
import { releasesWithVoiceHosts } from '../test/sdks/voice-hosts/releases.mjs';
import { makeReady } from './ready.mjs';

const minuteMs = 60_000;

/** Of each language the newest release, and old ones. The newest one for Node is tested by `npm test`. */
const languages = {
  python: [python, ...releasesWithVoiceHosts.python],
  go: [go, ...releasesWithVoiceHosts.go],
  java: [java, ...releasesWithVoiceHosts.java],
  node: releasesWithVoiceHosts.node,
};
const { values: options, positionals: wanted } = parseArgs({
  options: { 'skip-missing': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = wanted.find((name) => languages[name] === undefined);
if (unknown !== undefined) {
  console.error(`there are no checks for ${unknown}, only for ${Object.keys(languages).join(', ')}`);
  process.exit(1);
}

makeReady();
const stopped = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'])
  process.once(name, () => stopped.abort(new Error(`stopped by ${name}`)));
const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(20 * minuteMs)]);
const bounds = { limitMs: 2 * minuteMs, signal };

let passed = 0;
let failed = 0;
for (const [name, releases] of Object.entries(languages)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const release of releases) await testLanguage(release);
  if (kits[name] !== undefined) await testKit(name, kits[name]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs everything of one language. An error before its checks counts as one failure. */
async function testLanguage(language) {
  if (isSkipped(language.name, language.tools)) return;
  try {
    requireTools(language.tools);
    await makeLanguageReady(language);
    for (const way of language.ways) {
      await withServer(signal, async (server) => {
        await runChecks(language, way, server);
        if (way === 'drop-in' && language.samples !== undefined) await checkSamples(language, server);
      });
    }
  } catch (error) {
    count(language.name, [{ name: 'tool chain and server', ok: false, why: error.message }]);
  }
}

/** Runs the tests of a language's kit, which count as one. */
async function testKit(name, { tools, preparing, test }) {
  const title = `kit for ${name}`;
  if (isSkipped(title, tools)) return;
  await report(title, async () => {
    try {
      requireTools(tools);
      for (const command of preparing) await runOrThrow(command, { ...bounds, limitMs: 5 * minuteMs });
      const { status, output } = await run(test, { ...bounds, limitMs: 5 * minuteMs });
      return [{ name: "the kit's own tests", ok: status === 0, why: output }];
    } catch (error) {
      return [{ name: 'the kit is prepared', ok: false, why: error.message }];
    }
  });
}

function missingOf(tools) {
  return tools.filter((tool) => !isOnPath(tool));
}

/** Returns whether tools are missing and that may be; says so. */
function isSkipped(title, tools) {
  const missing = missingOf(tools);
  if (missing.length === 0 || !options['skip-missing']) return false;
  console.log(`${title}: skipped, for lack of ${missing.join(', ')}`);
  return true;
}

function requireTools(tools) {
  const missing = missingOf(tools);
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} is not there; --skip-missing passes over it`);
}

/** Installs the SDK when its pinned versions changed, and compiles the programs that use it. */
async function makeLanguageReady(language) {
  const tool = (command) => runOrThrow(command, { ...bounds, limitMs: 5 * minuteMs });
  const stamp = join(language.scratch, '.installed');
  const pins = createHash('sha256').update(readFileSync(language.pins)).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== pins) {
    console.log(`${language.name}: installing the SDK …`);
    rmSync(language.scratch, { recursive: true, force: true });
    mkdirSync(language.scratch, { recursive: true });
    await language.install(tool);
    writeFileSync(stamp, pins);
  }
  await language.build(tool);
}

/** Runs all methods of the SDK, over one of the two ways to reach a server, which must be a fresh one. */
async function runChecks(language, way, server) {
  await language.prepare(server, (tool) => runOrThrow(tool, bounds));
  await report(`${language.name}, ${way}`, async () =>
    readTap(await run(language.checks(way, server), bounds)),
  );
}

function checkSamples(language, server) {
  const runSample = (command) => run(command, bounds);
  return report(`${language.name}, samples`, () => runSamples(language, server, runSample));
}

async function report(title, check) {
  const startedAt = Date.now();
  const results = await check();
  count(title, results, `, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function count(title, results, time = '') {
  const failures = results.filter(({ ok }) => !ok);
  passed += results.length - failures.length;
  failed += failures.length;
  console.log(`${title}: ${results.length - failures.length} passed, ${failures.length} failed${time}`);
  for (const { name, why } of failures)
    console.log(`  ${name}\n    ${why.trim().replaceAll('\n', '\n    ')}`);
}
