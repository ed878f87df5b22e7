// What the processes of a copied database held: none of them works on the copy.
import type { LongTransaction } from '../db/long-transaction.ts';
import type { Migration } from '../db/migrate.ts';
import { readContents } from './contents.ts';
import { quoted } from './read-rows.ts';

/** Each has a row for what one process holds or says of itself. */
const heldByProcesses = new Set(['carrier_bind_holders', 'carrier_binds', 'carrier_states', 'dispatchers']);

/** Ends all leases, for which the first server on the copy would wait as after a crash. */
export async function endLeases(tx: LongTransaction, migrations: readonly Migration[]): Promise<void> {
  const { tables } = await readContents(tx, migrations);
  for (const { name } of tables.filter(({ name }) => heldByProcesses.has(name))) {
    await tx.run(`truncate ${quoted(name)}`);
  }
}
