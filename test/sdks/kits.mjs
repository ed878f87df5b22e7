// The test kits in `kits/`, each with the SDK of its language. A kit starts its servers itself, as in a user's suite.
import { join } from 'node:path';
import { root } from '../../scripts/ready.mjs';
import { folderOf, scratchOf } from './places.mjs';
import { neutralEnvironment } from './processes.mjs';

const folderOfKit = (language) => join(root, 'kits', language);
const environment = {
  ...neutralEnvironment(),
  RUCKSACK_COMMAND: `${process.execPath} ${join(root, 'dist', 'server', 'main.js')}`,
};

const pythonScratch = scratchOf('python-kit');
const python = join(pythonScratch, 'bin', 'python');
const pip = (...args) => ({
  program: python,
  args: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args],
});

/**
 * The kits: the tools that they need, the commands that prepare them, and the one that runs their tests.
 * @type {Record<string, { tools: string[], preparing: object[], test: object }>}
 */
export const kits = {
  python: {
    tools: ['python3'],
    preparing: [
      { program: 'python3', args: ['-m', 'venv', pythonScratch] },
      pip('--requirement', join(folderOf('python'), 'requirements.txt')),
      pip('--requirement', join(folderOfKit('python'), 'tests', 'requirements.txt')),
      // Once more when only its code has changed.
      pip('--no-build-isolation', '--no-deps', '--force-reinstall', folderOfKit('python')),
    ],
    test: {
      program: python,
      args: ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', join(folderOfKit('python'), 'tests')],
      cwd: pythonScratch,
      env: { ...environment, PYTHONDONTWRITEBYTECODE: '1' },
    },
  },
  go: {
    tools: ['go'],
    preparing: [{ program: 'go', args: ['vet', './...'], cwd: folderOfKit('go') }],
    test: { program: 'go', args: ['test', '-count=1', './...'], cwd: folderOfKit('go'), env: environment },
  },
  java: {
    tools: ['mvn', 'javac'],
    preparing: [
      { program: 'mvn', args: ['--quiet', '--batch-mode', 'test-compile'], cwd: folderOfKit('java') },
    ],
    test: {
      program: 'mvn',
      args: ['--quiet', '--batch-mode', 'surefire:test'],
      cwd: folderOfKit('java'),
      env: environment,
    },
  },
};
