// A process of its own for tests of durability: opens the embedded database in the directory it is given and inserts
// numbers, one commit each, saying each one that was acknowledged.
import { openEmbedded } from '../../src/db/embedded.ts';

const [, , dataDir = '', templatePath = ''] = process.argv;

const { pool } = await openEmbedded({
  dataDir,
  templatePath,
  onFatal(error) {
    throw error;
  },
});
await pool.query('create table if not exists kept (number int primary key)');
for (let number = 1; ; number++) {
  await pool.query('insert into kept (number) values ($1)', [number]);
  console.log(number);
}
