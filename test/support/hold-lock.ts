// A process of its own for tests of the lock: locks the directory it is given and says how that went, then waits.
import { lockDirectory } from '../../src/db/lock.ts';

const [, , directory = ''] = process.argv;

try {
  await lockDirectory(directory, {
    onLost: (error) => {
      console.log(error.message);
      process.exit(1);
    },
  });
  console.log('held');
  // Until the test ends this process.
  process.stdin.resume();
} catch (error) {
  console.log((error as Error).message);
}
