// The actions on the members of a pool.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useSession } from '../session/session.ts';
import type { LimitName } from './limit-fields.ts';
import type { Member } from './member-words.ts';
import type { Service } from './pool-address.ts';

type Powerpack = Schemas['Powerpack'];

type Limits = Partial<Record<LimitName, string>>;

export interface PoolCalls {
  /** Adds a number of the account; with `rent` one that is for sale, rented first: both or neither. */
  readonly addNumber: (
    number: string,
    options: { readonly service: Service; readonly rent: boolean },
  ) => Promise<unknown>;
  readonly addShortcode: (shortcode: string, countryIso2: 'US' | 'CA') => Promise<unknown>;
  /** Adds a name of the account. */
  readonly addName: (name: string) => Promise<unknown>;
  /** Changes only the limits that are named. */
  readonly limit: (member: Member, limits: Limits) => Promise<unknown>;
  /** Does so for many numbers, in one request: for all of them or none. */
  readonly limitNumbers: (numbers: readonly string[], limits: Limits) => Promise<unknown>;
  readonly remove: (member: Member, unrent: boolean) => Promise<unknown>;
  /** Moves a number to the pool of another powerpack. */
  readonly move: (number: string, to: Powerpack) => Promise<unknown>;
  /** Drains a number. */
  readonly drain: (
    member: Member,
    options: { readonly hours: number; readonly afterwards: 'aside' | 'remove' },
  ) => Promise<unknown>;
  /** Lets a number that is drained or aside send again. */
  readonly resume: (member: Member) => Promise<unknown>;
}

const numberPath = '/NumberPool/{number_pool_uuid}/Number/{number}/';
const numbersPath = '/NumberPool/{number_pool_uuid}/Number/';
const namePath = '/NumberPool/{number_pool_uuid}/AlphanumericSender/{name}/';
const shortcodePath = '/NumberPool/{number_pool_uuid}/Shortcode/{shortcode}/';

/** Returns the pool's uuid: `/v1/Account/{auth_id}/NumberPool/{number_pool_uuid}/`. */
const poolOf = ({ number_pool }: Powerpack): string => number_pool.split('/')[5] ?? '';

export function usePool(powerpack: Powerpack): PoolCalls {
  const { client } = useSession();
  const number_pool_uuid = poolOf(powerpack);
  const ofNumber = (number: string) => ({ path: { number_pool_uuid, number } });
  const ofShortcode = (shortcode: string) => ({ path: { number_pool_uuid, shortcode } });
  const ofName = (name: string) => ({ path: { number_pool_uuid, name } });
  return {
    addNumber: (number, options) =>
      answerOf(client.POST(numberPath, { params: ofNumber(number), body: { ...options } })),
    addShortcode: (shortcode, country_iso2) =>
      answerOf(client.POST(shortcodePath, { params: ofShortcode(shortcode), body: { country_iso2 } })),
    addName: (name) => answerOf(client.POST(namePath, { params: ofName(name), body: {} })),
    limit: async ({ type, number, country_iso2 }, limits) => {
      if (type === 'alphanumeric') {
        const { sms_per_second } = limits;
        const body = sms_per_second === undefined ? {} : { sms_per_second };
        return answerOf(client.POST(namePath, { params: ofName(number), body }));
      }
      return type === 'shortcode'
        ? answerOf(
            client.POST(shortcodePath, {
              params: ofShortcode(number),
              body: { ...limits, country_iso2: country_iso2 === 'CA' ? 'CA' : 'US' },
            }),
          )
        : answerOf(client.POST(numberPath, { params: ofNumber(number), body: limits }));
    },
    limitNumbers: (numbers, limits) =>
      answerOf(
        client.POST(numbersPath, {
          params: { path: { number_pool_uuid } },
          body: { ...limits, numbers: [...numbers] },
        }),
      ),
    remove: async ({ type, number, country_iso2 }, unrent) => {
      if (type === 'alphanumeric') return answerOf(client.DELETE(namePath, { params: ofName(number) }));
      return type === 'shortcode'
        ? answerOf(client.DELETE(shortcodePath, { params: ofShortcode(number), body: { country_iso2 } }))
        : answerOf(client.DELETE(numberPath, { params: ofNumber(number), body: { unrent } }));
    },
    move: (numbers, to) =>
      answerOf(
        client.POST(numbersPath, {
          params: { path: { number_pool_uuid: poolOf(to) } },
          body: { numbers, move: true },
        }),
      ),
    drain: ({ number }, body) =>
      answerOf(client.POST(`${numberPath}Drain/`, { params: ofNumber(number), body })),
    resume: ({ number }) => answerOf(client.POST(`${numberPath}Resume/`, { params: ofNumber(number) })),
  };
}
