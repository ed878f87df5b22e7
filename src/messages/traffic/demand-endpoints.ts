// Demand without a local member: the area codes that a powerpack writes to and has no number of. An extension.
import type { Settings } from '../../base/config.ts';
import { daysBefore } from '../../base/days.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { listTakenFictitious } from '../../numbers/held-store.ts';
import { holdStart } from '../../numbers/rent-numbers.ts';
import { countSpareAreas } from '../../numbers/store.ts';
import { countPoolAreas } from '../../powerpacks/pool/region-store.ts';
import { requirePowerpack } from '../../powerpacks/require-powerpack.ts';
import { dailySegmentsOf } from '../../powerpacks/selection/limits.ts';
import { PowerpackPath } from '../../powerpacks/wire.ts';
import { countForSale } from '../../telecom/inventory.ts';
import { compareDemand } from './demand.ts';
import { countDemand } from './demand-store.ts';
import { DemandBody, DemandInput, daysFromWire, demandToWire } from './demand-wire.ts';

export const listDemandEndpoint = defineEndpoint({
  summary: 'List area codes without a member',
  description:
    "The area codes that the powerpack has written to and that no member has, each with its messages and how many numbers its busiest day would have needed: where local connect lacks a number; and how these can be had, from the account or by renting. At most the account's newest 100,000 messages of the time are read.",
  extension: true,
  path: PowerpackPath,
  input: DemandInput,
  mayLag: true,
  answers: { 200: DemandBody },
  async handle({ db, scope, path, input, now }, { settings }: { settings: Settings }) {
    const powerpack = await requirePowerpack(db, scope, path.powerpack_uuid);
    const from = daysBefore(now, daysFromWire(input));
    // Messages of the current millisecond count: on a frozen clock these may be all.
    const to = new Date(now.getTime() + 1);
    const [{ areas, firstCountedAt }, members, own, taken] = await Promise.all([
      countDemand(db, scope, powerpack.uuid, from, to),
      countPoolAreas(db, powerpack.poolUuid, now),
      countSpareAreas(db, scope),
      settings.sellsInventory ? listTakenFictitious(db, scope, holdStart(now, settings)) : undefined,
    ]);
    const forSaleIn = (countryIso2: string, areaCode: string) =>
      taken === undefined ? 0 : countForSale(countryIso2, areaCode, (number) => taken.has(number));
    const demand = compareDemand(
      areas,
      new Map(members.map(({ areaCode, members: count }) => [areaCode, count])),
      (countryIso2) => dailySegmentsOf({ kind: 'longcode', countryIso2 }, null, settings.limits),
    );
    const body = demandToWire(demand, from, firstCountedAt, ({ areaCode, countryIso2 }) => ({
      own: own.get(areaCode) ?? 0,
      forSale: forSaleIn(countryIso2, areaCode),
    }));
    return { status: 200, body };
  },
});
