// Java: the SDK and its libraries fetched by Maven, the checks compiled into the scratch folder.
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { folderOf, scratchOf } from '../places.mjs';

const folder = folderOf('java');
const scratch = scratchOf('java');
const libraries = join(scratch, 'lib', '*');
const classes = join(scratch, 'classes');
const sources = join(folder, 'src', 'main', 'java', 'checks');

const trustStore = (server) => join(server.folder, 'trust.p12');

/** Returns the environment for TLS without a change to the code, as in docs/sdks/java.md. */
export function dropIn(server) {
  const { hostname, port } = new URL(server.url);
  const proxy = `-Dhttps.proxyHost=${hostname} -Dhttps.proxyPort=${port}`;
  const trust = `-Djavax.net.ssl.trustStore=${trustStore(server)} -Djavax.net.ssl.trustStorePassword=changeit`;
  return { JAVA_TOOL_OPTIONS: `${proxy} ${trust}` };
}

export const java = {
  name: 'Java',
  tools: ['mvn', 'javac', 'java', 'keytool'],
  pins: join(folder, 'pom.xml'),
  scratch,
  ways: ['plain', 'drop-in'],

  async install(run) {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(scratch, 'lib')}`];
    await run({ program: 'mvn', args: ['--quiet', '--batch-mode', ...goal], cwd: folder });
  },

  async build(run) {
    const files = (await readdir(sources)).map((file) => join(sources, file));
    const strict = ['--release', '17', '-Xlint:all,-processing', '-Werror'];
    await run({ program: 'javac', args: [...strict, '-d', classes, '-cp', libraries, ...files] });
  },

  async prepare(server, run) {
    const authority = ['-alias', 'rucksack', '-file', server.caFile];
    const store = ['-keystore', trustStore(server), '-storetype', 'PKCS12', '-storepass', 'changeit'];
    await run({ program: 'keytool', args: ['-importcert', '-noprompt', ...authority, ...store] });
  },

  checks: (way, server) => ({
    program: 'java',
    args: ['-cp', `${classes}${delimiter}${libraries}`, 'checks.Main', way],
    env: { ...server.environment, ...(way === 'drop-in' ? dropIn(server) : {}) },
  }),

  samples: {
    update: { file: join(folder, 'samples', 'update', 'PowerpackTest.java') },
    delete: { file: join(folder, 'samples', 'delete', 'PowerpackTest.java'), unrents: true },
  },

  runSample: (file, server) => ({
    program: 'java',
    args: ['-cp', libraries, file],
    env: { ...server.environment, ...dropIn(server) },
  }),
};
