// `rucksack proxy`: records the calls between a program and the vendor, and replays them against a server.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../base/config.ts';
import { OperatorError } from '../base/errors.ts';
import { hostText } from '../base/host-text.ts';
import type { Credentials } from '../http/basic-auth.ts';
import { realEnvironment } from '../open-base.ts';
import type { Divergence } from '../recording/compare-responses.ts';
import { readRecording } from '../recording/recorded-call.ts';
import { openRecordingFile } from '../recording/recording-file.ts';
import { type ReplayedCall, replayRecording } from '../recording/replay-recording.ts';
import { readCertificates } from '../tls/read-certificates.ts';
import { readEnvFile } from './env-file.ts';
import { readOrigin } from './read-origin.ts';
import { addSettingOptions } from './settings.ts';

interface RecordOptions {
  readonly target: URL;
  readonly record: string;
  readonly listenHost: string;
  readonly listenPort: number;
}

/** Adds `proxy`, which records until a signal ends it, and `proxy replay`, whose exit code is 1 when something differs. */
export function addProxyCommands(program: Command): void {
  const proxy = program
    .command('proxy')
    .description('record the calls between a program and the vendor, with secrets and numbers masked')
    .option('--target <url>', 'where the calls go', readOrigin, new URL('https://api.plivo.com'))
    .option('--record <file>', 'new file for the calls, one a line')
    .option('--listen-host <address>', 'address to listen on', '127.0.0.1')
    .option('--listen-port <port>', 'port to listen on; 0 takes any free one', readPort, 8090)
    .action(async ({ record, ...options }: Omit<RecordOptions, 'record'> & { record?: string }) => {
      // Not one of commander's required options: those would be required by `proxy replay` too.
      if (record === undefined) throw new OperatorError('--record has to name a new file for the calls');
      await recordCalls({ ...options, record });
    });
  addSettingOptions(proxy, ['RUCKSACK_DATA_DIR']);

  proxy
    .command('replay <file>')
    .description('repeat recorded calls against a server and print where its responses differ')
    .option('--server <url>', 'the server', readOrigin, new URL('http://127.0.0.1:8080'))
    .option('--ignore <field...>', 'fields that are not compared', [])
    .action(async (file: string, { server, ignore }: { server: URL; ignore: string[] }) => {
      const credentials = await findCredentials(readConfig(), server);
      const replay = replayRecording(readRecording(file), {
        server: server.origin,
        credentials,
        ignored: new Set(ignore),
      });
      await showReplay(replay);
    });
}

async function recordCalls({ target, record, listenHost, listenPort }: RecordOptions): Promise<void> {
  const { clock, randomBytes } = realEnvironment;
  const certificates = await readCertificates(join(readConfig().dataDir, 'certs'), clock());
  // Loaded only here: every command reads this file.
  const { startRecordingProxy } = await import('../recording/recording-proxy.ts');
  const file = await openRecordingFile(record);
  const proxy = await startRecordingProxy({
    origin: target,
    host: listenHost,
    port: listenPort,
    file,
    certificates,
    now: clock,
    randomBytes,
    log: (line) => process.stderr.write(`${line}\n`),
  }).catch(async (error) => {
    // The next try may use the same name.
    await file.close();
    await rm(record);
    throw error;
  });
  const url = `http://${hostText({ address: listenHost, port: proxy.port })}`;
  const ways =
    certificates === undefined
      ? 'as base URL'
      : 'as base URL, or as HTTPS_PROXY with the authority of rucksack certs';
  process.stdout.write(
    `Rucksack records calls to ${target.origin} in ${record}\nListening on ${url} (${ways}); Ctrl-C ends it\n`,
  );
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await proxy.stop();
    process.stdout.write(`${proxy.recorded()} calls recorded in ${record}\n`);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

/** Prints the calls that differ or could not be compared, and the sum. */
async function showReplay(replay: AsyncIterable<ReplayedCall>): Promise<void> {
  const counts = { alike: 0, differing: 0, skipped: 0 };
  let count = 0;
  for await (const { call, divergences, skipped } of replay) {
    count += 1;
    const title = `${count}  ${call.method} ${call.target} ${call.status}`;
    if (skipped !== undefined) {
      counts.skipped += 1;
      process.stdout.write(`skipped  ${title}\n           ${skipped}\n`);
    } else if (divergences.length > 0) {
      counts.differing += 1;
      process.stdout.write(`differs  ${title}\n${divergences.map(lineOf).join('')}`);
    } else counts.alike += 1;
  }
  process.stdout.write(
    `${count} calls: ${counts.alike} alike, ${counts.differing} differ, ${counts.skipped} skipped\n`,
  );
  if (counts.differing > 0) process.exitCode = 1;
}

const lineOf = ({ path, recorded, replayed }: Divergence) =>
  `           ${path || 'body'}: ${recorded} recorded, ${replayed} here\n`;

/** Returns the account that a replay uses: that of the settings, or the one of the server whose data directory this is. */
async function findCredentials({ firstAccount, dataDir }: Config, server: URL): Promise<Credentials> {
  if (firstAccount !== undefined) return firstAccount;
  const access = await readEnvFile(dataDir);
  if (access !== undefined && new URL(access.url).port === server.port) return access;
  throw new OperatorError(
    `no credentials for ${server.origin}: set RUCKSACK_AUTH_ID and RUCKSACK_AUTH_TOKEN, or name its data directory with --data-dir`,
  );
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new InvalidArgumentError('must be a port, 0 to 65535');
  return Number(text);
}
