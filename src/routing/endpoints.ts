// Endpoints of carriers and routes, which are the operator's: create, list, retrieve, update, delete, drain. Extensions.
import { requireOperator } from '../accounts/operator.ts';
import type { Encrypter } from '../base/encrypt.ts';
import { makeWebhookUrls, pathSecretOf } from '../carriers/http/webhook-urls.ts';
import type { Reader } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { sortingOf } from '../http/order.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../http/page.ts';
import { Changed, changed, noContent } from '../http/schemas.ts';
import { getCarrier, listCarriers, type StoredCarrier } from './carrier-store.ts';
import {
  carrierNotFound,
  createCarrier,
  deleteCarrier,
  drainCarrier,
  updateCarrier,
} from './change-carrier.ts';
import { createRoute, deleteRoute, routeNotFound, updateRoute } from './change-route.ts';
import type { Operating } from './operating.ts';
import { readRoute } from './route-format.ts';
import { countRoutes, getRoute, listRoutes } from './route-store.ts';
import { countWaitingReports, readStates } from './state-store.ts';
import {
  CarrierBody,
  CarrierPath,
  CreateCarrierInput,
  CreatedCarrier,
  CreatedRoute,
  carrierToWire,
  entryFromWire,
  ListRoutesInput,
  RouteBody,
  RouteInput,
  RoutePath,
  routeToWire,
  UpdateCarrierInput,
} from './wire.ts';

/** Carriers and routes of the whole server. */
interface RoutingParts {
  readonly encrypter: Encrypter;
  readonly notifier: Notifier;
  /** How carriers reach this server. */
  readonly publicUrl: () => string;
  readonly operating: Operating;
}

/** Reads how carriers are, and returns the function that shows one of them. */
async function readFacts(db: Reader, { accountId }: Scope, { encrypter, publicUrl }: RoutingParts) {
  const [states, waiting] = await Promise.all([readStates(db), countWaitingReports(db)]);
  return (carrier: StoredCarrier) => {
    const { name, written } = carrier;
    const isHttp = written.type === 'http';
    return carrierToWire(accountId, carrier, {
      state: states.get(name),
      waitingReports: waiting.get(name) ?? 0,
      urls: isHttp ? makeWebhookUrls(publicUrl, name, pathSecretOf(encrypter, name)) : undefined,
    });
  };
}

const operatorOnly = "The operator's account only.";

export const listCarriersEndpoint = defineEndpoint({
  summary: 'List carriers',
  description: `Those of the file of carriers and those that the API made, with their states. ${operatorOnly}`,
  extension: true,
  input: PageInput,
  answers: { 200: listSchema(CarrierBody) },
  async handle({ db, scope, input }, parts: RoutingParts) {
    await requireOperator(db, scope, parts.operating.operatorId());
    const page = pageOf(input);
    const [carriers, show] = await Promise.all([listCarriers(db), readFacts(db, scope, parts)]);
    const shown = carriers.slice(page.offset, page.offset + page.limit);
    return pageAnswer(`/v1/Account/${scope.accountId}/Carrier/`, page, {}, carriers.length, shown.map(show));
  },
});

export const createCarrierEndpoint = defineEndpoint({
  summary: 'Create a carrier',
  description: `Dispatchers connect to it at once; messages go to it once a route leads there. ${operatorOnly}`,
  extension: true,
  input: CreateCarrierInput,
  answers: { 201: CreatedCarrier },
  async handle({ db, scope, input, now }, { encrypter, notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    const { name } = await createCarrier(entryFromWire(input.config), { db, notifier, encrypter, now });
    return { status: 201, body: { message: 'created', name } };
  },
});

export const getCarrierEndpoint = defineEndpoint({
  summary: 'Retrieve a carrier',
  description: `Its entry without secrets, and how it is. ${operatorOnly}`,
  extension: true,
  path: CarrierPath,
  answers: { 200: CarrierBody },
  async handle({ db, scope, path }, parts: RoutingParts) {
    await requireOperator(db, scope, parts.operating.operatorId());
    const carrier = await getCarrier(db, path.carrier_name);
    if (carrier === undefined) throw carrierNotFound();
    const show = await readFacts(db, scope, parts);
    return { status: 200, body: show(carrier) };
  },
});

export const updateCarrierEndpoint = defineEndpoint({
  summary: 'Update a carrier',
  description: `It is connected anew. What it has in hand ends first. ${operatorOnly}`,
  extension: true,
  path: CarrierPath,
  input: UpdateCarrierInput,
  answers: { 202: Changed },
  async handle({ db, scope, path, input, now }, { encrypter, notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    const changing = { db, notifier, encrypter, now };
    await updateCarrier(path.carrier_name, entryFromWire(input.config), changing);
    return changed;
  },
});

export const deleteCarrierEndpoint = defineEndpoint({
  summary: 'Delete a carrier',
  description: `Refused while routes lead to it. ${operatorOnly}`,
  extension: true,
  path: CarrierPath,
  answers: { 204: null },
  async handle({ db, scope, path }, { notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    await deleteCarrier(path.carrier_name, { db, notifier });
    return noContent;
  },
});

export const drainCarrierEndpoint = defineEndpoint({
  summary: 'Drain a carrier',
  description: `It takes nothing new; reports and messages from handsets go on. Messages go to the next carrier of their route, or wait. ${operatorOnly}`,
  extension: true,
  path: CarrierPath,
  answers: { 202: Changed },
  async handle({ db, scope, path, now }, { notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    await drainCarrier(path.carrier_name, true, { db, notifier, now });
    return changed;
  },
});

export const resumeCarrierEndpoint = defineEndpoint({
  summary: 'Resume a carrier',
  description: `Ends its draining. ${operatorOnly}`,
  extension: true,
  path: CarrierPath,
  answers: { 202: Changed },
  async handle({ db, scope, path, now }, { notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    await drainCarrier(path.carrier_name, false, { db, notifier, now });
    return changed;
  },
});

export const listRoutesEndpoint = defineEndpoint({
  summary: 'List routes',
  description: `By what they are for. ${operatorOnly}`,
  extension: true,
  input: ListRoutesInput,
  answers: { 200: listSchema(RouteBody) },
  async handle({ db, scope, input }, { operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    const page = pageOf(input);
    const filters = { service: input.service, carrier: input.carrier };
    const [routes, count] = await Promise.all([
      listRoutes(db, filters, page, sortingOf(input)),
      countRoutes(db, filters),
    ]);
    return pageAnswer(
      `/v1/Account/${scope.accountId}/Route/`,
      page,
      input,
      count,
      routes.map((route) => routeToWire(scope.accountId, route)),
    );
  },
});

export const createRouteEndpoint = defineEndpoint({
  summary: 'Create a route',
  description: `Of several routes that fit a message the most specific one counts: number, powerpack, kind and country, kind, country, subaccount, account, default. It counts for what is submitted from now on. ${operatorOnly}`,
  extension: true,
  input: RouteInput,
  answers: { 201: CreatedRoute },
  async handle({ db, scope, input, now, newId }, { notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    const id = newId();
    await createRoute(id, readRoute(input, ''), { db, notifier, now, ...operating });
    return { status: 201, body: { message: 'created', route_id: id } };
  },
});

export const getRouteEndpoint = defineEndpoint({
  summary: 'Retrieve a route',
  description: operatorOnly,
  extension: true,
  path: RoutePath,
  answers: { 200: RouteBody },
  async handle({ db, scope, path }, { operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    const route = await getRoute(db, path.route_id);
    if (route === undefined) throw routeNotFound();
    return { status: 200, body: routeToWire(scope.accountId, route) };
  },
});

export const updateRouteEndpoint = defineEndpoint({
  summary: 'Update a route',
  description: `Replaces all of it. ${operatorOnly}`,
  extension: true,
  path: RoutePath,
  input: RouteInput,
  answers: { 202: Changed },
  async handle({ db, scope, path, input, now }, { notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    await updateRoute(path.route_id, readRoute(input, ''), { db, notifier, now, ...operating });
    return changed;
  },
});

export const deleteRouteEndpoint = defineEndpoint({
  summary: 'Delete a route',
  description: `Messages take the next most specific route from now on. ${operatorOnly}`,
  extension: true,
  path: RoutePath,
  answers: { 204: null },
  async handle({ db, scope, path }, { notifier, operating }: RoutingParts) {
    await requireOperator(db, scope, operating.operatorId());
    await deleteRoute(path.route_id, { db, notifier });
    return noContent;
  },
});
