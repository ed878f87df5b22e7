// SQL of the leases of binds: which process has which of a carrier's binds (carriers.md section 4.2).
import type { BindLeases } from '../carriers/smpp/bind-leases.ts';
import type { Db, Transaction } from '../db/db.ts';

/** For this long a lease is good without being renewed. */
const leaseSeconds = 15;

const seenSql = `
  insert into carrier_bind_holders (carrier, holder, seen_until) values ($1, $2, now() + $3 * interval '1 second')
  on conflict (carrier, holder) do update set seen_until = excluded.seen_until`;

/** Processes that want binds of a carrier, this one included. */
const countSql =
  'select count(*)::integer as holders from carrier_bind_holders where carrier = $1 and seen_until >= now()';

/** Renews what is within the share; the rest is left once its sessions have ended, when its lease runs out. */
const renewSql = `
  update carrier_binds set
    held_until = case when place <= $3 and bind < $4 then now() + $5 * interval '1 second' else held_until end,
    leaving = place > $3 or bind >= $4
  from (
    select bind as own, row_number() over (order by bind) as place from carrier_binds
    where carrier = $1 and holder = $2 and held_until >= now() and not leaving
  ) as owned
  where carrier = $1 and bind = own`;

/** Takes free binds up to the share. `$6`: no other process can live. */
const takeSql = `
  insert into carrier_binds (carrier, bind, holder, held_until)
  select $1, free.bind, $2, now() + $5 * interval '1 second'
  from generate_series(0, $4::integer - 1) as free (bind)
  where not exists (
    select from carrier_binds as taken
    where taken.carrier = $1 and taken.bind = free.bind and taken.held_until >= now() and not ($6 and taken.holder <> $2)
  )
  order by free.bind
  limit greatest($3::integer - (
    select count(*) from carrier_binds as own
    where own.carrier = $1 and own.holder = $2 and own.held_until >= now() and not own.leaving
  ), 0)
  on conflict (carrier, bind) do update set holder = excluded.holder, held_until = excluded.held_until, leaving = false
  where carrier_binds.held_until < now() or ($6 and carrier_binds.holder <> $2)`;

const heldSql = `
  select bind from carrier_binds where carrier = $1 and holder = $2 and held_until >= now() and not leaving order by bind`;

const releaseSql = 'delete from carrier_binds where carrier = $1 and holder = $2';
const goneSql = 'delete from carrier_bind_holders where carrier = $1 and (holder = $2 or seen_until < now())';

/**
 * Returns the leases of this process, which is `holder`. Binds are shared evenly between the processes that want some; with fewer
 * binds than processes, those that came first have one.
 */
export function makeBindLeases(db: Db, holder: string): BindLeases {
  return {
    hold: (carrier, binds) =>
      db.transaction((tx) => hold(tx, carrier, holder, binds, db.engine === 'embedded')),
    release: (carrier) =>
      db.transaction(async (tx) => {
        tx.send(releaseSql, [carrier, holder]);
        tx.send(goneSql, [carrier, holder]);
      }),
  };
}

async function hold(
  tx: Transaction,
  carrier: string,
  holder: string,
  binds: number,
  isAlone: boolean,
): Promise<number[]> {
  await tx.query(seenSql, [carrier, holder, leaseSeconds]);
  const [row] = await tx.query<{ holders: number }>(countSql, [carrier]);
  const share = isAlone ? binds : Math.ceil(binds / (row?.holders ?? 1));
  await tx.query(renewSql, [carrier, holder, share, binds, leaseSeconds]);
  await tx.query(takeSql, [carrier, holder, share, binds, leaseSeconds, isAlone]);
  const held = await tx.query<{ bind: number }>(heldSql, [carrier, holder]);
  return held.map(({ bind }) => bind);
}
