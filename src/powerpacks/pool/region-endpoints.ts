// The regions of a powerpack's members. An extension.
import { defineEndpoint } from '../../http/endpoint.ts';
import { requirePowerpack } from '../require-powerpack.ts';
import { PowerpackPath } from '../wire.ts';
import { countPoolAreas } from './region-store.ts';
import { PoolRegionsBody, poolRegionsToWire } from './region-wire.ts';
import { shareByRegion } from './regions.ts';

export const listPoolRegionsEndpoint = defineEndpoint({
  summary: "List the regions of a powerpack's members",
  description:
    'For each state of the US and each province of Canada: its area codes, how many members have one of them, what waits in their queues and what they sent today. A number whose area code is shared counts in each province that shares it.',
  extension: true,
  path: PowerpackPath,
  answers: { 200: PoolRegionsBody },
  async handle({ db, scope, path, now }) {
    const powerpack = await requirePowerpack(db, scope, path.powerpack_uuid);
    const areas = await countPoolAreas(db, powerpack.poolUuid, now);
    return { status: 200, body: poolRegionsToWire(shareByRegion(areas)) };
  },
});
