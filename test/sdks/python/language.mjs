// Python: the SDK in a virtual environment.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBlock } from '../documents.mjs';
import { folderOf, scratchOf } from '../places.mjs';

const folder = folderOf('python');
const scratch = scratchOf('python');
export const program = join(scratch, 'bin', 'python');
const requirements = join(folder, 'requirements.txt');

const siteFolder = (server) => join(server.folder, 'site');
const environment = (server) => ({ ...server.environment, PYTHONDONTWRITEBYTECODE: '1' });

export const python = {
  name: 'Python',
  tools: ['python3'],
  pins: requirements,
  scratch,
  ways: ['plain', 'drop-in'],

  async install(run) {
    await run({ program: 'python3', args: ['-m', 'venv', scratch] });
    await run({ program, args: ['-m', 'pip', 'install', '--quiet', '--requirement', requirements] });
  },

  async build() {},

  /** Writes the base addresses at start, which docs/sdks/python.md calls a development without a change to the code. */
  async prepare(server) {
    const block = await readBlock('docs/sdks/python.md', '## Base URL', 'python', server);
    await mkdir(siteFolder(server));
    await writeFile(join(siteFolder(server), 'sitecustomize.py'), block.replace(/^client = .*$/m, ''));
  },

  checks: (way, server) => ({
    program,
    args: ['-m', 'checks', way],
    cwd: folder,
    env: environment(server),
  }),

  samples: {
    update: { file: join(folder, 'samples', 'update.py') },
    delete: { file: join(folder, 'samples', 'delete.py'), unrents: false },
    readme: {
      heading: '### Python',
      block: 'python',
      name: 'readme.py',
      // Unlike the pages' samples it says itself where the server is.
      run: (file, server) => ({ program, args: [file], env: environment(server) }),
    },
  },

  runSample: (file, server) => ({
    program,
    args: [file],
    env: { ...environment(server), PYTHONPATH: siteFolder(server) },
  }),
};
