// The thread of the embedded database: opens PGlite and runs one request after another.
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { copyChangedFiles } from './copy-files.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import { ensureDatabase } from './first-start.ts';
import {
  type Answers,
  type Bytes,
  type CopyOrder,
  type EmbeddedSettings,
  joinBytes,
  type Question,
  type Reply,
  type Request,
} from './messages.ts';
import { openDurably, openInMemory } from './pglite.ts';

/** The exit status of PGlite's main loop for "an error was raised", which it handles afterwards. */
const raisedError = 100;

interface Opened {
  database: PGlite;
  /** Undefined in memory, as is the file system. */
  directory?: string;
  fileSystem?: DurableFileSystem;
}

async function open({ directory, templatePath }: EmbeddedSettings): Promise<Opened> {
  if (directory === undefined) return { database: await openInMemory(templatePath) };
  await ensureDatabase(directory, templatePath);
  const fileSystem = new DurableFileSystem(directory);
  return { database: await openDurably(fileSystem), directory, fileSystem };
}

/**
 * Stops this thread when PostgreSQL breaks (a panic, a fault of its WebAssembly). PGlite would ignore that and go on with a
 * dead session; nothing may be committed after it.
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

async function answer(
  { database, directory, fileSystem }: Opened,
  request: Request,
): Promise<Answers[Question]> {
  switch (request.question) {
    case 'connect':
      await database.exec('rollback');
      await database.exec('discard all');
      return undefined;
    case 'query':
      return exchange(database, request.bytes);
    case 'countSyncs':
      return fileSystem?.syncCount ?? 0;
    case 'dump': {
      await database.exec('checkpoint');
      const archive = await database.dumpDataDir('gzip');
      return new Uint8Array(await archive.arrayBuffer());
    }
    case 'completeCopy':
      return directory === undefined ? 'the database is in memory' : completeCopy(directory, request.bytes);
    case 'close':
      await database.close();
      return undefined;
  }
}

/** Copies the changed files; returns a sentence where that fails, such as on a full disk, which is no reason to end. */
function completeCopy(directory: string, bytes: Bytes): string | undefined {
  const { to, sinceMs } = JSON.parse(new TextDecoder().decode(bytes)) as CopyOrder;
  try {
    copyChangedFiles(directory, to, sinceMs);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Runs whole protocol messages and returns PostgreSQL's answer. */
async function exchange(database: PGlite, message: Bytes): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  // Only the streaming call leaves the answer unparsed; `execProtocolRaw` keeps every parsed message for ever.
  await database.execProtocolRawStream(message, {
    // Not needed: our file system syncs when PostgreSQL asks for it.
    syncToFs: false,
    // A copy, because the bytes are in the memory of WebAssembly.
    onRawData: (bytes) => parts.push(bytes.slice()),
  });
  return joinBytes(parts);
}

function send(reply: Reply): void {
  const handedOver = 'answer' in reply && reply.answer instanceof Uint8Array ? [reply.answer.buffer] : [];
  parentPort?.postMessage(reply, handedOver);
}

/** Ends this thread at once, after sending the reason to the owner. */
function fail(failure: string): never {
  send({ failure });
  process.exit(1);
}

try {
  const opened = await open(workerData as EmbeddedSettings);
  stopWhenBroken(opened.database);
  let last = Promise.resolve();
  parentPort?.on('message', (request: Request) => {
    last = last
      .then(async () => send({ answer: await answer(opened, request) }))
      .catch((error) => fail(`${error}`));
  });
  send({ answer: undefined });
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
