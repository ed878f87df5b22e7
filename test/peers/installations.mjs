// Peers that do not come with the system: what says their version, the tools that install them, and how.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/ready.mjs';

/** Returns the folder of files that belong to a peer. */
export const folderOf = (peer) => join(root, 'test', 'peers', peer);

/** Returns the command that installs the libraries of a pom. */
function mavenLibraries(peer, scratch) {
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(scratch, 'lib')}`];
  return { program: 'mvn', args: ['--quiet', '--batch-mode', ...goal], cwd: folderOf(peer) };
}

/** Returns the commands that make a Python environment with what a file requires. */
function pythonEnvironment(peer, scratch, requirements) {
  const environment = join(scratch, 'venv');
  const pip = join(environment, 'bin', 'pip');
  return [
    { program: 'python3', args: ['-m', 'venv', environment] },
    { program: pip, args: ['install', '--quiet', '-r', join(folderOf(peer), requirements)] },
  ];
}

/** Each with its name, the files that pin it, the tools that it needs, and a function that returns the commands for a folder. */
export const peers = [
  {
    name: 'jsmpp',
    pins: ['pom.xml'],
    tools: ['mvn', 'java', 'jar', 'keytool'],
    commands: (scratch) => [mavenLibraries('jsmpp', scratch)],
  },
  {
    name: 'ch-smpp',
    pins: ['pom.xml', 'Server.java'],
    tools: ['mvn', 'java', 'javac'],
    commands: (scratch) => {
      const [libraries, classes] = [join(scratch, 'lib', '*'), join(scratch, 'classes')];
      const source = join(folderOf('ch-smpp'), 'Server.java');
      return [
        mavenLibraries('ch-smpp', scratch),
        { program: 'javac', args: ['-cp', libraries, '-d', classes, source] },
      ];
    },
  },
  {
    name: 'smpp34',
    pins: ['requirements.txt'],
    tools: ['python3'],
    commands: (scratch) => pythonEnvironment('smpp34', scratch, 'requirements.txt'),
  },
  {
    name: 'jasmin',
    pins: ['requirements.txt'],
    tools: ['python3', 'redis-server', 'epmd', 'tar'],
    // The definition of AMQP that it reads at its start is in the source alone.
    commands: (scratch) => {
      const pip = join(scratch, 'venv', 'bin', 'pip');
      const requirement = readFileSync(join(folderOf('jasmin'), 'requirements.txt'), 'utf8').trim();
      const source = join(scratch, 'source');
      const archive = join(scratch, `${requirement.replace('==', '-')}.tar.gz`);
      return [
        ...pythonEnvironment('jasmin', scratch, 'requirements.txt'),
        {
          program: pip,
          args: ['download', '--quiet', '--no-deps', '--no-binary', ':all:', '-d', scratch, requirement],
        },
        { program: 'mkdir', args: [source] },
        { program: 'tar', args: ['-xzf', archive, '-C', source, '--strip-components', '1'] },
      ];
    },
  },
  {
    name: 'toxiproxy',
    pins: ['version.txt'],
    tools: ['go'],
    commands: (scratch) => {
      const version = readFileSync(join(folderOf('toxiproxy'), 'version.txt'), 'utf8').trim();
      const env = { ...process.env, GOBIN: join(scratch, 'bin') };
      return [
        { program: 'go', args: ['install', `github.com/Shopify/toxiproxy/v2/cmd/server@${version}`], env },
      ];
    },
  },
];
