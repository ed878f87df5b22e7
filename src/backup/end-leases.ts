// Leases in a copied database: the processes that held them do not work on the copy.
import type { LongTransaction } from '../db/long-transaction.ts';
import type { Migration } from '../db/migrate.ts';
import { readContents } from './contents.ts';
import { quoted } from './read-rows.ts';

/** The tables in which a process says what it holds, or how it is. */
const heldByProcesses = new Set(['carrier_bind_holders', 'carrier_binds', 'carrier_states', 'dispatchers']);

/** Ends all leases, for which the first server on the copy would wait as after a crash. */
export async function endLeases(tx: LongTransaction, migrations: readonly Migration[]): Promise<void> {
  const { tables } = await readContents(tx, migrations);
  for (const { name } of tables.filter(({ name }) => heldByProcesses.has(name))) {
    await tx.run(`truncate ${quoted(name)}`);
  }
}
