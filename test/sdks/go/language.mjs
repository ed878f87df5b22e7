// Go: the SDK as a module, the checks compiled into the scratch folder.
import { join } from 'node:path';
import { folderOf, scratchOf } from '../places.mjs';

const folder = folderOf('go');
const scratch = scratchOf('go');
const program = join(scratch, 'checks');

/** Returns the environment for TLS without a change to the code, as in docs/sdks/go.md. */
const dropIn = (server) => ({ HTTPS_PROXY: server.url, SSL_CERT_FILE: server.caFile });

export const go = {
  name: 'Go',
  tools: ['go'],
  pins: join(folder, 'go.sum'),
  scratch,
  ways: ['plain', 'drop-in'],

  async install(run) {
    await run({ program: 'go', args: ['mod', 'download'], cwd: folder });
  },

  async build(run) {
    await run({ program: 'go', args: ['build', '-o', program, '.'], cwd: folder });
  },

  async prepare() {},

  checks: (way, server) => ({
    program,
    args: [way],
    env: { ...server.environment, ...(way === 'drop-in' ? dropIn(server) : {}) },
  }),

  samples: {
    update: { file: join(folder, 'samples', 'update', 'main.go') },
    delete: { file: join(folder, 'samples', 'delete', 'main.go'), unrents: false },
  },

  // Everything is downloaded by now; the compiler is not to ask our proxy for more.
  runSample: (file, server) => ({
    program: 'go',
    args: ['run', file],
    cwd: folder,
    env: { ...server.environment, ...dropIn(server), GOPROXY: 'off' },
  }),
};
