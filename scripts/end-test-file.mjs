// Loaded into the process of each test file: ends it where something still runs a while after its last test, such as a server that a failed test left.
// Node's own --test-force-exit ends it, and the runner, before all results are written: the last tests of a file were then neither named nor counted.
import { after } from 'node:test';
import { isMainThread } from 'node:worker_threads';

const graceMs = 10_000;

// The runner loads this as well, and so do the workers of a test.
if (isMainThread && process.env.NODE_TEST_CONTEXT !== undefined) {
  after(() => {
    setTimeout(() => {
      const resources = process.getActiveResourcesInfo().join(', ');
      process.stderr.write(
        `${process.argv[1]} is ended: ${graceMs / 1000} s after its last test it still has ${resources}\n`,
      );
      // Behind all results that are not written yet.
      process.stdout.write('', () => process.exit());
    }, graceMs).unref();
  });
}
