// `rucksack doctor`: what is configured, what is reachable, what is wrong.
import { join } from 'node:path';
import type { Command } from 'commander';
import { checkSecretKey } from '../accounts/secret-key.ts';
import { listSealedTokens } from '../accounts/store.ts';
import { type Base, openBase } from '../app.ts';
import { systemClock } from '../base/clock.ts';
import { type Config, readConfig } from '../base/config.ts';
import { readCertificates } from '../tls/read-certificates.ts';

type Finding = { readonly ok: boolean; readonly what: string; readonly detail: string };

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check the configuration and everything it points at; exits with 1 when something is wrong')
    .action(async () => {
      const findings = await examine();
      for (const { ok, what, detail } of findings)
        process.stdout.write(`${ok ? 'ok   ' : 'WRONG'}  ${what}: ${detail}\n`);
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const check = async <Result>(
    what: string,
    look: () => Promise<[string, Result]>,
  ): Promise<Result | undefined> => {
    try {
      const [detail, result] = await look();
      findings.push({ ok: true, what, detail });
      return result;
    } catch (error) {
      findings.push({ ok: false, what, detail: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };

  const config = await check('configuration', async () => {
    const read = readConfig();
    return [`data in ${read.dataDir}, listening on ${read.host}:${read.port}`, read];
  });
  if (config === undefined) return findings;
  await check('certificates', async () => [await describeCertificates(config), undefined]);
  const running = await check('server', () => askServer(config));
  if (running && config.databaseUrl === undefined) {
    findings.push({ ok: true, what: 'database', detail: 'embedded, in use by the running server' });
    return findings;
  }
  const base = await check('database', async () => {
    const opened = await openBase(config);
    return [config.databaseUrl === undefined ? 'embedded' : 'PostgreSQL', opened];
  });
  if (base === undefined) return findings;
  try {
    await check('accounts', async () => [await describeAccounts(base), undefined]);
  } finally {
    await base.db.close();
  }
  return findings;
}

async function describeCertificates(config: Config): Promise<string> {
  const certificates = await readCertificates(join(config.dataDir, 'certs'), systemClock());
  if (certificates === undefined) return 'none, so TLS is off; make them with: rucksack certs';
  return `good until ${certificates.expiresAt.toISOString().slice(0, 10)}, TLS on port ${config.tlsPort}`;
}

/** Whether a server answers at the configured address. */
async function askServer(config: Config): Promise<[detail: string, running: boolean]> {
  const url = config.publicUrl ?? `http://${config.host}:${config.port}`;
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3000) });
    if (answer.ok) return [`ready at ${url}`, true];
    throw new Error(`${url}/readyz answers ${answer.status}`);
  } catch (error) {
    if (error instanceof TypeError) return [`none is running at ${url}`, false];
    throw error;
  }
}

/** Also tries the secret key on every token. */
async function describeAccounts({ db, sealer }: Base): Promise<string> {
  const { size } = await listSealedTokens(db);
  if (size === 0) return 'none yet; the first start makes one';
  await checkSecretKey(db, sealer);
  return `${size}, and their tokens can be read`;
}
