// Loaded into the process of each test file: ends it where something still runs a while after its last test, such as a server that a failed test left.
// Node's own --test-force-exit ends it, and the runner, before all results are written: the last tests of a file were then neither named nor counted.
import { AsyncResource } from 'node:async_hooks';
import { after } from 'node:test';
import { isMainThread } from 'node:worker_threads';

/** Long enough for what a file does after its last test, such as a stop that waits for all that runs, on a busy machine. */
const graceMs = 60_000;

// The runner loads this as well, and so do the workers of a test.
if (isMainThread && process.env.NODE_TEST_CONTEXT !== undefined) {
  const file = new AsyncResource('test file');
  let isTornDown = false;
  // The first hook of the file, as this is loaded before it.
  after(() => {
    // The last one: all others are registered by now. Without the scope it would belong to this hook instead of the file.
    file.runInAsyncScope(after, undefined, () => {
      isTornDown = true;
    });
    setTimeout(() => {
      const resources = process.getActiveResourcesInfo().join(', ');
      process.stderr.write(
        `${process.argv[1]} is ended: ${graceMs / 1000} s after its last test it still has ${resources}\n`,
      );
      // Node sets the code of a failure after the last hook: before that nobody knows whether all passed.
      const exitCode = isTornDown ? process.exitCode : 1;
      // Behind all results that are not written yet.
      process.stdout.write('', () => process.exit(exitCode));
    }, graceMs).unref();
  });
}
