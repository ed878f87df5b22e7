// The view of a pool's page in its address, so that Back and a copied link work.
import { addressAt, choiceOf, offsetOf, offsetText } from '../parts/address.ts';
import { digitsOf } from '../parts/format.ts';
import { type Order, orderOf, orderText } from '../parts/order-text.ts';

export const adding = ['rented', 'rent', 'shortcode', 'name'] as const;
/** Which way of adding members is open. */
export type Adding = (typeof adding)[number];

export const kinds = ['longcode', 'tollfree', 'shortcode', 'alphanumeric'] as const;
export type Kind = (typeof kinds)[number];

export const services = ['sms', 'mms'] as const;
export type Service = (typeof services)[number];

export const healths = ['healthy', 'unhealthy'] as const;
export type Health = (typeof healths)[number];

export const mapFigures = ['members', 'traffic'] as const;
/** The figure that the map shows. */
export type MapFigure = (typeof mapFigures)[number];

export const orders = ['number', 'segments_today', 'queued', 'next_free_at', 'health'] as const;

type MemberOrder = Order<(typeof orders)[number]>;

export interface PoolView {
  /** Digits that numbers begin with. */
  readonly search: string;
  readonly kind: Kind | undefined;
  readonly service: Service | undefined;
  readonly health: Health | undefined;
  /** `US-CA`. */
  readonly region: string | undefined;
  /** By which the members are sorted; `undefined` for the order in which they were added. */
  readonly order: MemberOrder | undefined;
  readonly offset: number;
  readonly adding: Adding | undefined;
  readonly figure: MapFigure;
}

type Query = Readonly<Record<string, string | undefined>>;

/** Returns the view that a query asks for; unknown values are left out. */
export function viewOf(query: Query): PoolView {
  return {
    search: digitsOf(query.number ?? ''),
    kind: choiceOf(kinds, query.type),
    service: choiceOf(services, query.service),
    health: choiceOf(healths, query.health),
    region: query.region !== undefined && /^(US|CA)-[A-Z]{2}$/.test(query.region) ? query.region : undefined,
    order: orderOf(orders, query.sort),
    offset: offsetOf(query.offset),
    adding: choiceOf(adding, query.add),
    figure: choiceOf(mapFigures, query.map) ?? 'members',
  };
}

/** Returns the address of a view of a pool. */
export const addressOf = (powerpackUuid: string, view: PoolView): string =>
  addressAt(`/console/powerpacks/${powerpackUuid}`, {
    number: view.search,
    type: view.kind,
    service: view.service,
    health: view.health,
    region: view.region,
    sort: orderText(view.order),
    offset: offsetText(view.offset),
    add: view.adding,
    map: view.figure === 'members' ? undefined : view.figure,
  });

/** Returns whether a filter keeps members from the list. */
export const isFiltered = ({ search, kind, service, health, region }: PoolView): boolean =>
  search !== '' || [kind, service, health, region].some((filter) => filter !== undefined);

/** Returns the view with other filters, from the first page. */
export const narrowed = (view: PoolView, change: Partial<PoolView>): PoolView => ({
  ...view,
  ...change,
  offset: 0,
});
