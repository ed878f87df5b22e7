// The credentials at the vendor: from the environment, else asked for on the terminal. Never from the command line.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { readVendorCredentials } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import type { Credentials } from '../http/basic-auth.ts';

/**
 * Returns the credentials; what the environment lacks is asked for, and a token is not shown while it is typed.
 * @throws OperatorError when something is missing and there is no terminal to ask on.
 */
export async function askVendorCredentials(): Promise<Credentials> {
  const { authId, authToken } = readVendorCredentials();
  return {
    authId: authId ?? (await ask('PLIVO_AUTH_ID', 'Auth id at the vendor: ', true)),
    authToken: authToken ?? (await ask('PLIVO_AUTH_TOKEN', 'Auth token at the vendor: ', false)),
  };
}

async function ask(variable: string, question: string, isShown: boolean): Promise<string> {
  if (!process.stdin.isTTY) throw new OperatorError(`${variable} is not set: the credentials at the vendor`);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (!isShown) process.stderr.write(question);
  const terminal = createInterface({
    input: process.stdin,
    output: isShown ? process.stderr : silent,
    terminal: true,
  });
  try {
    const answer = (await terminal.question(isShown ? question : '')).trim();
    if (!isShown) process.stderr.write('\n');
    if (answer === '') throw new OperatorError(`${variable} is needed`);
    return answer;
  } finally {
    terminal.close();
  }
}
