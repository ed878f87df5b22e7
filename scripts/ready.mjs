// Makes a clone ready to run: installs when the lock file changed, compiles when sources are newer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const installStamp = join(root, 'node_modules', '.installed');
const buildStamp = join(root, 'dist', '.built');

/** The sources of the build. */
const sources = [
  'src',
  'test',
  'scripts',
  'client',
  'console',
  'kits/node',
  'db/migrations',
  'package-lock.json',
  'tsconfig.json',
];

/** The client's types: a source that the build itself writes. */
const clientTypes = join(root, 'client', 'src', 'schema.ts');

/** Installs and compiles if needed. Ends the process when a step fails, with that step's own words on the terminal. */
export function makeReady() {
  requireNode();
  installWhenNeeded();
  buildWhenNeeded();
}

/** Ends the process with a sentence where Node is older than package.json asks for: installing would fail with many. */
function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [least, present] = [engines.node.replace('>=', ''), process.versions.node];
  const [wanted, found] = [least, present].map((version) => version.split('.').map(Number));
  const isNewEnough = found[0] > wanted[0] || (found[0] === wanted[0] && found[1] >= wanted[1]);
  if (isNewEnough) return;
  process.stderr.write(`rucksack: Node ${least} or newer is needed; this is Node ${present}\n`);
  process.exit(1);
}

function installWhenNeeded() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return;
  process.stderr.write('Installing dependencies …\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installStamp, wanted);
}

/** The steps of the build, in order. */
const buildSteps = [
  ['server', () => compile('.')],
  ['types of the client', () => program('client/generate.mjs')],
  ['client', () => compile('client')],
  ['test kit for Node', () => compile('kits/node')],
  ['console', () => ['console', 'console/tsconfig.test.json'].forEach(compile)],
  ['database template', () => program('scripts/build-template.mjs')],
  ['pages of the console', () => program('console/build.mjs')],
  ['program in few files', () => program('scripts/join-program.mjs')],
];

function buildWhenNeeded() {
  // Taken before the build: what is edited while the compiler runs must be compiled again.
  const wanted = fingerprintOf(sources);
  if (existsSync(clientTypes) && existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === wanted)
    return;
  // What was compiled from a source that is gone must not live on: a deleted test would still run.
  for (const folder of ['src', 'test', 'scripts', 'client', 'console', 'kits', 'server', '.tsbuildinfo'])
    rmSync(join(root, 'dist', folder), { recursive: true, force: true });
  for (const [index, [what, build]] of buildSteps.entries()) {
    process.stderr.write(`Building ${index + 1}/${buildSteps.length}: ${what} …\n`);
    build();
  }
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, wanted);
}

/** Compiles one part of the project; the console itself is only checked, because `console/build.mjs` bundles it. */
function compile(part) {
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, part)]);
}

/** Runs a program of the project, given by its path. */
function program(path) {
  run(process.execPath, [join(root, path)]);
}

/**
 * Returns a hash of the name, size and time of change of every file at or below some paths. What the build itself writes
 * does not count, nor do the times of folders, which the build changes too.
 */
function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesAt).sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Returns the files at or below a path, without installed packages. */
function filesAt(path) {
  const full = join(root, path);
  if (!statSync(full).isDirectory()) return [full];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.slice(full.length).includes('node_modules'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file !== clientTypes);
}

function run(command, args) {
  const { status, signal } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  // Ctrl-C reaches the step as well; the next start begins it again.
  if (signal !== null) process.exit(130);
  if (status !== 0) process.exit(status ?? 1);
}
