// The thread of the embedded database: opens PGlite and lets it answer, one request after another.
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { DurableFileSystem } from './durable-file-system.ts';
import type { Answer, EmbeddedSettings, Request } from './embedded-messages.ts';
import { ensureDatabase } from './first-start.ts';
import { openDurably, openInMemory } from './pglite.ts';

/** The exit status by which PGlite's main loop says "an error was raised"; it then handles it. */
const raisedError = 100;

interface Opened {
  database: PGlite;
  /** Undefined in memory. */
  fileSystem?: DurableFileSystem;
}

async function open({ directory, templatePath }: EmbeddedSettings): Promise<Opened> {
  if (directory === undefined) return { database: await openInMemory(templatePath) };
  await ensureDatabase(directory, templatePath);
  const fileSystem = new DurableFileSystem(directory);
  return { database: await openDurably(fileSystem), fileSystem };
}

/**
 * Stops this thread when PostgreSQL breaks (a panic, a fault of its WebAssembly). PGlite would swallow that and go on with
 * a session that is no more; nothing may be acknowledged after it.
 */
function stopWhenBroken({ Module: module }: PGlite): void {
  const runMainLoop = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      runMainLoop();
    } catch (error) {
      if ((error as { status?: number }).status === raisedError) throw error;
      fail(`The embedded database broke down: ${String(error)}`);
    }
  };
}

function send(answer: Answer): void {
  parentPort?.postMessage(answer, answer.kind === 'bytes' ? [answer.bytes.buffer] : []);
}

function fail(sentence: string): never {
  send({ kind: 'failed', sentence });
  process.exit(1);
}

/** Lets PostgreSQL answer whole protocol messages. Runs to its end without yielding. */
async function exchange(database: PGlite, message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  // The streaming call alone leaves the answer unparsed; `execProtocolRaw` keeps every parsed message for ever.
  await database.execProtocolRawStream(message, {
    syncToFs: false,
    onRawData: (bytes) => parts.push(bytes.slice()),
  });
  return new Uint8Array(Buffer.concat(parts));
}

async function answer({ database, fileSystem }: Opened, request: Request): Promise<Answer> {
  switch (request.kind) {
    case 'connect':
      await database.exec('rollback');
      await database.exec('discard all');
      return { kind: 'done' };
    case 'query':
      return { kind: 'bytes', bytes: await exchange(database, request.bytes) };
    case 'countSyncs':
      return { kind: 'syncs', count: fileSystem?.syncCount ?? 0 };
    case 'dump': {
      await database.exec('checkpoint');
      const archive = await database.dumpDataDir('gzip');
      return { kind: 'bytes', bytes: new Uint8Array(await archive.arrayBuffer()) };
    }
    case 'close':
      await database.close();
      return { kind: 'done' };
  }
}

try {
  const opened = await open(workerData as EmbeddedSettings);
  stopWhenBroken(opened.database);
  let last = Promise.resolve();
  parentPort?.on('message', (request: Request) => {
    last = last.then(async () => send(await answer(opened, request))).catch((error) => fail(String(error)));
  });
  send({ kind: 'done' });
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
