// The drop-in: TLS and CONNECT for api.plivo.com, so that an unchanged program with an unchanged SDK calls our server.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRandomBytes } from '../../src/base/id.ts';
import { packageRoot } from '../../src/base/package-root.ts';
import { makeCertificates } from '../../src/tls/make-certificates.ts';
import { readCertificates } from '../../src/tls/read-certificates.ts';
import type { TestApp } from '../support/app.ts';

export interface DropIn {
  /** Runs a program to its end in the folder of this package, with nothing but environment variables to lead it here. */
  run(command: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Run>;
  close(): Promise<void>;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes certificates and turns TLS on in a running app, as `rucksack certs` and a start do. */
export async function openDropIn({ app }: TestApp): Promise<DropIn> {
  const directory = await mkdtemp(join(tmpdir(), 'rucksack-certs-'));
  // Programs compare the certificate with the real time, whatever time the app is told.
  const now = new Date();
  const { caPath } = await makeCertificates({ directory, now, randomBytes: systemRandomBytes });
  const certificates = await readCertificates(directory, now);
  if (certificates === undefined) throw new Error('no certificates were made');
  await app.server.listenTls('127.0.0.1', 0, certificates);
  const leadHere = {
    HTTPS_PROXY: app.url,
    NODE_EXTRA_CA_CERTS: caPath,
    CURL_CA_BUNDLE: caPath,
    // A machine may have these set for reasons of its own.
    https_proxy: app.url,
    NO_PROXY: '',
    no_proxy: '',
  };
  return {
    run: (command, args, environment) => runProgram(command, args, { ...leadHere, ...environment }),
    close: () => rm(directory, { recursive: true }),
  };
}

/** Runs a program to its end in the folder of this package, with further environment variables. */
export function runProgram(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Run> {
  const child = spawn(command, args, {
    cwd: packageRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}

/** Returns whether a program can be run on this machine. */
export async function hasProgram(command: string): Promise<boolean> {
  return runProgram(command, ['--version'], {}).then(
    ({ code }) => code === 0,
    () => false,
  );
}
