// Sticky senders of a powerpack, and the actions on them.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { unlessMissing } from '../live/missing.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { pageSize } from '../parts/pager.tsx';
import { useSession } from '../session/session.ts';

export type Mapping = Schemas['Sticky'];
/** A member that a recipient can be pinned to. */
export type Sender = Pick<Schemas['Queue'], 'number' | 'type' | 'country_iso2' | 'region'>;

const one = '/Powerpack/{powerpack_uuid}/Sticky/{destination}/';
const all = '/Powerpack/{powerpack_uuid}/Sticky/';

export interface StickyCalls {
  readonly pin: (destination: string, sender: Sender) => Promise<unknown>;
  readonly reset: (destination: string) => Promise<unknown>;
  /** Resolves to the number of mappings that there were. */
  readonly resetAll: () => Promise<number>;
}

export function useStickyCalls(powerpack_uuid: string): StickyCalls {
  const { client } = useSession();
  const path = { powerpack_uuid };
  return {
    pin: (destination, { number, type, country_iso2 }) =>
      answerOf(
        client.POST(one, {
          params: { path: { ...path, destination } },
          body: {
            number,
            ...(type === 'shortcode' && { country_iso2: country_iso2 === 'CA' ? 'CA' : 'US' }),
          },
        }),
      ),
    reset: (destination) => answerOf(client.DELETE(one, { params: { path: { ...path, destination } } })),
    resetAll: async () => (await answerOf(client.DELETE(all, { params: { path } }))).removed,
  };
}

interface MappingPage {
  readonly mappings: readonly Mapping[];
  readonly total: number;
}

/** Loads the mappings, the one with the newest message first. */
export function useMappings(powerpack_uuid: string, offset: number): Resource<MappingPage> {
  const { client } = useSession();
  return useResource(
    `sticky mappings ${powerpack_uuid} ${offset}`,
    async (signal) => {
      const params = {
        path: { powerpack_uuid },
        query: { order: 'newest', offset, limit: pageSize },
      } as const;
      const { objects, meta } = await answerOf(client.GET(all, { params, signal }));
      return { mappings: objects, total: meta.total_count };
    },
    ['powerpacks', 'messages'],
    { keepsPrevious: true },
  );
}

/** Loads the mapping of one recipient; `null` when there is none. */
export function useMapping(powerpack_uuid: string, destination: string): Resource<Mapping | null> {
  const { client } = useSession();
  return useResource(
    `sticky mapping ${powerpack_uuid} ${destination}`,
    (signal) => {
      const params = { path: { powerpack_uuid, destination } };
      return unlessMissing(answerOf(client.GET(one, { params, signal })));
    },
    ['powerpacks', 'messages'],
  );
}
