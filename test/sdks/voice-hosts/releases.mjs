// Releases from the time when SDKs called voice.plivo.com for Applications, through the drop-in, as src/tls/vendor-hosts.ts says.
import { copyFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { go } from '../go/language.mjs';
import { java, dropIn as javaDropIn } from '../java/language.mjs';
import { folderOf, scratchOf } from '../places.mjs';
import { python, program as pythonProgram } from '../python/language.mjs';

const folder = folderOf('voice-hosts');
const ways = ['drop-in'];
const nothing = async () => {};

/** Returns a release of the Python SDK, beside the libraries of the environment that the newest one has. */
const makePython = (version) => {
  const scratch = scratchOf(`python-${version}`);
  return {
    name: `Python ${version}`,
    tools: python.tools,
    pins: join(folder, 'python', 'pins.txt'),
    scratch,
    ways,

    async install(run) {
      const options = ['--quiet', '--no-deps', '--target', scratch];
      await run({ program: pythonProgram, args: ['-m', 'pip', 'install', ...options, `plivo==${version}`] });
    },

    build: nothing,
    prepare: nothing,

    checks: (_way, server) => ({
      program: pythonProgram,
      args: [join(folder, 'python', 'check.py'), version],
      env: {
        ...server.environment,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONPATH: [scratch, folderOf('python')].join(delimiter),
      },
    }),
  };
};

const javaScratch = scratchOf('java-5.4.1');
const javaLibraries = join(javaScratch, 'lib', '*');
const javaClasses = join(javaScratch, 'classes');

const java541 = {
  name: 'Java 5.4.1',
  tools: java.tools,
  pins: join(folder, 'java', 'pom.xml'),
  scratch: javaScratch,
  ways,

  async install(run) {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(javaScratch, 'lib')}`];
    await run({ program: 'mvn', args: ['--quiet', '--batch-mode', ...goal], cwd: join(folder, 'java') });
  },

  async build(run) {
    const shared = ['Tap', 'Expect'].map((name) =>
      join(folderOf('java'), 'src', 'main', 'java', 'checks', `${name}.java`),
    );
    const files = [join(folder, 'java', 'VoiceHosts.java'), ...shared];
    await run({
      program: 'javac',
      args: ['--release', '17', '-d', javaClasses, '-cp', javaLibraries, ...files],
    });
  },

  prepare: java.prepare,

  checks: (_way, server) => ({
    program: 'java',
    args: ['-cp', `${javaClasses}${delimiter}${javaLibraries}`, 'checks.VoiceHosts'],
    env: { ...server.environment, ...javaDropIn(server) },
  }),
};

const goScratch = scratchOf('go-voice-hosts');
const goProgram = join(goScratch, 'checks');

/** No release of that time is in the module proxy. This is the newest, to which the linker gives the hosts that they had. */
const goWithVoiceHosts = {
  ...go,
  name: 'Go, with the hosts of 7.4',
  scratch: goScratch,
  ways,
  samples: undefined,

  async build(run) {
    const hosts = {
      voiceBaseUrlString: 'voice.plivo.com',
      voiceBaseUrlStringFallback1: 'voice-usw1.plivo.com',
      voiceBaseUrlStringFallback2: 'voice-use1.plivo.com',
    };
    const flags = Object.entries(hosts).map(
      ([name, host]) => `-X github.com/plivo/plivo-go/v7.${name}=${host}`,
    );
    await run({
      program: 'go',
      args: ['build', `-ldflags=${flags.join(' ')}`, '-o', goProgram, '.'],
      cwd: folderOf('go'),
    });
  },

  checks: (way, server) => ({ ...go.checks(way, server), program: goProgram }),
};

const nodeScratch = scratchOf('node-4.20.0');

const node420 = {
  name: 'Node 4.20.0',
  tools: ['npm'],
  pins: join(folder, 'node', 'package-lock.json'),
  scratch: nodeScratch,
  ways,

  async install(run) {
    for (const name of ['package.json', 'package-lock.json']) {
      await copyFile(join(folder, 'node', name), join(nodeScratch, name));
    }
    await run({ program: 'npm', args: ['ci', '--silent', '--no-audit', '--no-fund'], cwd: nodeScratch });
  },

  build: nothing,
  prepare: nothing,

  checks: (_way, server) => ({
    program: process.execPath,
    args: [join(folder, 'node', 'check.mjs'), nodeScratch],
    env: { ...server.environment, HTTPS_PROXY: server.url, NODE_EXTRA_CA_CERTS: server.caFile },
  }),
};

/** By language; they come after the newest release of theirs, whose installation they use. */
export const releasesWithVoiceHosts = {
  python: [makePython('4.9.0'), makePython('4.20.0')],
  go: [goWithVoiceHosts],
  java: [java541],
  node: [node420],
};
