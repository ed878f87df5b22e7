// What the page of a pool shows, as it stands in the address: so that Back works, and a copied link.
import { digitsOf } from '../parts/format.ts';

export const adding = ['rented', 'rent', 'shortcode'] as const;
/** Which way of adding members is open. */
export type Adding = (typeof adding)[number];

export const kinds = ['longcode', 'tollfree', 'shortcode'] as const;
export type Kind = (typeof kinds)[number];

export const services = ['sms', 'mms'] as const;
export type Service = (typeof services)[number];

export const healths = ['healthy', 'unhealthy'] as const;
export type Health = (typeof healths)[number];

export const mapFigures = ['members', 'traffic'] as const;
/** What the map counts. */
export type MapFigure = (typeof mapFigures)[number];

export interface PoolView {
  /** Digits that numbers begin with. */
  readonly search: string;
  readonly kind: Kind | undefined;
  readonly service: Service | undefined;
  readonly health: Health | undefined;
  /** `US-CA`. */
  readonly region: string | undefined;
  readonly offset: number;
  readonly adding: Adding | undefined;
  readonly figure: MapFigure;
}

type Query = Readonly<Record<string, string | undefined>>;

/** The view that a query asks for; what it does not know, it leaves out. */
export function viewOf(query: Query): PoolView {
  const offset = Number(query.offset ?? 0);
  return {
    search: digitsOf(query.number ?? ''),
    kind: oneOf(kinds, query.type),
    service: oneOf(services, query.service),
    health: oneOf(healths, query.health),
    region: query.region !== undefined && /^(US|CA)-[A-Z]{2}$/.test(query.region) ? query.region : undefined,
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
    adding: oneOf(adding, query.add),
    figure: oneOf(mapFigures, query.map) ?? 'members',
  };
}

/** The address of a view of a pool. */
export function addressOf(powerpackUuid: string, view: PoolView): string {
  const entries: [string, string | undefined][] = [
    ['number', view.search],
    ['type', view.kind],
    ['service', view.service],
    ['health', view.health],
    ['region', view.region],
    ['offset', view.offset === 0 ? undefined : String(view.offset)],
    ['add', view.adding],
    ['map', view.figure === 'members' ? undefined : view.figure],
  ];
  const query = new URLSearchParams();
  for (const [name, value] of entries) if (value !== undefined && value !== '') query.set(name, value);
  const text = query.toString();
  return `/console/powerpacks/${powerpackUuid}${text === '' ? '' : `?${text}`}`;
}

/** Whether anything keeps members from the list. */
export const isFiltered = ({ search, kind, service, health, region }: PoolView): boolean =>
  search !== '' || [kind, service, health, region].some((filter) => filter !== undefined);

/** Another choice of members; the list begins anew. */
export const narrowed = (view: PoolView, change: Partial<PoolView>): PoolView => ({
  ...view,
  ...change,
  offset: 0,
});

const oneOf = <Value extends string>(
  values: readonly Value[],
  given: string | undefined,
): Value | undefined => values.find((value) => value === given);
