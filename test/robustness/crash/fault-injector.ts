// A copy of the server with a fault: it answers 202 before it commits. The crash tests must detect it.
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../src/base/package-root.ts';

const faultless = 'return db.transaction((tx) => acceptRequests(';
const faulty = 'return answerEarly(db, (tx) => acceptRequests(';
const answerEarly = `
function answerEarly(db, work, ...options) {
  return new Promise((answer, fail) => {
    const slowly = async (tx) => {
      const answers = await work(tx);
      answer(answers);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return answers;
    };
    db.transaction(slowly, ...options).catch(fail);
  });
}
`;

/** Makes the copy in `folder`; returns the command that starts it. */
export async function makeFaultInjector(folder: string): Promise<readonly string[]> {
  const dist = join(folder, 'dist');
  await mkdir(dist);
  for (const name of ['node_modules', 'package.json', 'db', 'docs']) {
    await symlink(join(packageRoot, name), join(folder, name));
  }
  for (const name of ['src', 'database-template.tar.gz', 'database-template.tar.gz.stamp']) {
    await cp(join(packageRoot, 'dist', name), join(dist, name), { recursive: true });
  }
  const path = join(dist, 'src', 'messages', 'accept', 'message-acceptor.js');
  const text = await readFile(path, 'utf8');
  if (!text.includes(faultless))
    throw new Error('the fault injector does not find where messages are accepted');
  await writeFile(path, text.replace(faultless, faulty) + answerEarly);
  return [process.execPath, join(dist, 'src', 'main.js'), 'start'];
}
