// `rucksack seed`: gives the account of a running server the state in a file.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readConfig } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import { writeBasicAuth } from '../http/basic-auth.ts';
import type { ServerAccess } from './env-file.ts';
import { requireServer, type ServerOptions } from './running-server.ts';

/** Adds `seed`: all of the file or nothing. */
export function addSeedCommand(program: Command): void {
  program
    .command('seed <file>')
    .description('give the account of a running server what a JSON file says (docs/testing.md)')
    .option('--ready-file <file>', 'what that server was told to write when it was ready')
    .action(async (file: string, options: ServerOptions) => {
      const text = await readJson(file);
      const server = await requireServer(readConfig(), options);
      const { numbers, powerpacks, applications, message_uuid: messages } = await seed(server, text, file);
      const counts = `${numbers.length} numbers, ${powerpacks.length} powerpacks, ${applications.length} applications, ${messages.length} messages`;
      process.stdout.write(`${server.authId} has got ${counts}\n`);
    });
}

/** Returns the text of a file with JSON in it. */
async function readJson(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new OperatorError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

type Made = Readonly<Record<'numbers' | 'powerpacks' | 'applications' | 'message_uuid', readonly unknown[]>>;

async function seed(server: ServerAccess, body: string, file: string): Promise<Made> {
  const answer = await fetch(`${server.url}/v1/Account/${server.authId}/Seed/`, {
    method: 'POST',
    headers: { authorization: writeBasicAuth(server), 'content-type': 'application/json' },
    body,
  });
  const said = (await answer.json()) as Made & { readonly error: string };
  if (!answer.ok) throw new OperatorError(`${file}: ${said.error}`);
  return said;
}
