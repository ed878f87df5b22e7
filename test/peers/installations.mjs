// Peers that do not come with the system: what says their version, the tools that install them, and how.
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
];
