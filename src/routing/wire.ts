// Wire names of carriers and routes: extensions, named in the vendor's style.
import { type Static, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import { carrierWarnings, linkRoles, linkStates } from '../carriers/carrier.ts';
import { carrierTypes } from '../carriers/carrier-config.ts';
import type { WebhookUrls } from '../carriers/http/webhook-urls.ts';
import { orderParameters } from '../http/order.ts';
import { pageParameters } from '../http/page.ts';
import { isoMicroseconds, Uuid } from '../http/schemas.ts';
import { networkSenderKinds } from '../telecom/sender.ts';
import type { StoredCarrier } from './carrier-store.ts';
import type { GivenEntry } from './change-carrier.ts';
import { maxFallbacks, writeRoute } from './route-format.ts';
import { routeOrders, type StoredRoute } from './route-store.ts';
import type { CarrierState } from './state-store.ts';

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const source = Type.Enum(['file', 'api'], {
  description: 'Whether it stands in the file of carriers, which is changed there, or was made by the API.',
});

export const CarrierPath = Type.Object({
  carrier_name: Type.String({ pattern: '^[a-z0-9-]{2,32}$', description: 'Name of the carrier.' }),
});

/** The warnings that a carrier gives, and the one that the reports without a message are. */
const shownWarnings = [...carrierWarnings, 'reports_unmatched'] as const;

/** `readCarrierEntry` checks it: each type has keys of its own. */
const config = Type.Unknown({
  description:
    'The entry of the carrier, as it stands in the file of carriers (docs/carriers.md): `name`, `type` and the keys of the type. Secrets stand in it and are stored encrypted.',
  expected: 'an object',
});

export const CreateCarrierInput = Type.Object({ config });

export const UpdateCarrierInput = Type.Object({
  config: Type.Unknown({
    description:
      'The entry that replaces the one there is. Secrets that are left out stay; null takes one away. Name and type cannot be changed.',
    expected: 'an object',
  }),
});

const LinkBody = Type.Object({
  bind: Type.Integer({ description: 'Which of the binds of the account, from 1.' }),
  host: Type.String({ description: 'Where it is connected, or was tried last.' }),
  role: Type.Enum([...linkRoles]),
  since: Type.String({ description: 'When it came into its state, by the clock of its machine.' }),
  state: Type.Enum([...linkStates], {
    description: '`waiting`: for the next attempt. `refused`: the SMSC denies the account.',
  }),
  system_id: Type.String({ description: 'The name that the SMSC gave itself; empty while it is not bound.' }),
  unanswered: Type.Integer({ description: 'Messages of its window that are not answered.' }),
  unanswered_since: nullable(
    Type.String({ description: 'When the oldest of them was handed over; null without any.' }),
  ),
});

export const CarrierBody = Type.Object({
  answers: Type.Record(Type.String(), Type.Integer(), {
    description:
      'Its answers other than yes since its processes started, by its own codes: statuses of SMPP (`0x58`), of HTTP (`429`).',
  }),
  binds: Type.Array(LinkBody, { description: 'The connections of an SMPP carrier, in all processes.' }),
  config: Type.Record(Type.String(), Type.Unknown(), { description: 'Its entry, without secrets.' }),
  counts: Type.Record(Type.String(), Type.Integer(), {
    description: 'What it has done since its processes started.',
  }),
  draining: Type.Boolean({ description: 'Whether it is to take nothing new.' }),
  inbound_url: nullable(
    Type.String({
      description: 'Where an HTTP carrier is to bring messages from handsets: to be set at the carrier.',
    }),
  ),
  last_error: nullable(
    Type.Object({ text: Type.String(), time: Type.String({ description: 'By the clock of its machine.' }) }),
  ),
  name: Type.String(),
  processes: Type.Integer({ description: 'How many processes run it.' }),
  rate: nullable(
    Type.Number({ description: 'Segments a second that are possible now; null is no limit, or not known.' }),
  ),
  report_url: nullable(
    Type.String({
      description:
        'Where an HTTP carrier is to report on messages that it names itself. Most are told a URL with each message.',
    }),
  ),
  resource_uri: Type.String(),
  room: nullable(
    Type.Integer({
      description: 'Segments that it would take at this moment; null is no limit, or not known.',
    }),
  ),
  services: Type.Array(Type.Enum(['sms', 'mms'])),
  source,
  state: nullable(
    Type.Enum(['up', 'down', 'refused', 'draining'], { description: 'null while no process runs it.' }),
  ),
  throttled_seconds: Type.Number({
    description:
      'For how long since its processes started nothing was submitted to it because it asked to slow down.',
  }),
  type: Type.Enum([...carrierTypes]),
  name_rule: nullable(
    Type.String({
      description:
        'How names in reports differ from those that the carrier gave: `text` for not at all, `hex-decimal`, `decimal-hex`, `numeric`; null as long as it is not known.',
    }),
  ),
  unmatched_reports: Type.Integer({
    description: 'Delivery reports that wait for a message that they belong to, for a day at most.',
  }),
  unmatched_share: nullable(
    Type.Number({
      description:
        'Their share of all reports since the start of its processes, 0 to 1; null while there are none.',
    }),
  ),
  warnings: Type.Array(Type.Enum([...shownWarnings]), {
    description:
      'Faults while it is up. The carrier gave one name twice in the last three days, or none; a tenth of its reports, and twenty at least, have no message; it refused the TON or NPI of senders or destinations in the last hour.',
  }),
});

/** Returns the entry that a caller gave: an object, or the JSON text of one, as a form carries it. */
export function entryFromWire(given: unknown): GivenEntry {
  const entry = typeof given === 'string' ? parseJson(given) : given;
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new ApiError('invalid', 'config must be an object');
  }
  return entry as GivenEntry;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The facts of a carrier beside its entry. */
interface CarrierFacts {
  readonly state: CarrierState | undefined;
  /** Reports of which no message is known yet. */
  readonly waitingReports: number;
  /** Of an HTTP carrier. */
  readonly urls: WebhookUrls | undefined;
}

/** Fewer reports without a message, or a smaller share of them, are no reason to warn. */
const manyReports = 20;
const muchUnmatched = 0.1;

/** Returns the share of a carrier's reports that have no message. Those of before the last start are not counted, but may still wait. */
function unmatchedShare(state: CarrierState | undefined, waiting: number): number | undefined {
  const received = Object.entries(state?.counts ?? {}).reduce(
    (sum, [name, count]) => (/^(receipts$|reports )/.test(name) ? sum + count : sum),
    0,
  );
  const all = Math.max(received, waiting);
  return all === 0 ? undefined : Math.round((waiting / all) * 1000) / 1000;
}

export function carrierToWire(
  accountId: string,
  { name, written, services, source, isDraining }: StoredCarrier,
  { state, waitingReports, urls }: CarrierFacts,
) {
  const share = unmatchedShare(state, waitingReports);
  const isMuch = waitingReports >= manyReports && (share ?? 0) >= muchUnmatched;
  return {
    answers: { ...state?.answers },
    binds: (state?.links ?? []).map(({ peer, since, unansweredSince, ...link }) => ({
      ...link,
      since: isoMicroseconds(since),
      system_id: peer,
      unanswered_since: unansweredSince === undefined ? null : isoMicroseconds(unansweredSince),
    })),
    config: written,
    counts: { ...state?.counts },
    draining: isDraining,
    inbound_url: urls?.inboundUrl ?? null,
    last_error:
      state?.lastError === undefined
        ? null
        : { text: state.lastError.text, time: isoMicroseconds(state.lastError.at) },
    name,
    processes: state?.processes ?? 0,
    rate: state?.rate ?? null,
    report_url: urls?.anyReportUrl ?? null,
    resource_uri: `/v1/Account/${accountId}/Carrier/${name}/`,
    room: state?.room ?? null,
    services,
    source,
    state: state?.state ?? null,
    throttled_seconds: Math.round((state?.throttledMs ?? 0) / 100) / 10,
    type: written.type,
    name_rule: state?.nameRule ?? null,
    unmatched_reports: waitingReports,
    unmatched_share: share ?? null,
    warnings: shownWarnings.filter((warning) =>
      warning === 'reports_unmatched' ? isMuch : state?.warnings.includes(warning),
    ),
  };
}

export const RoutePath = Type.Object({ route_id: Uuid });

const routeFields = {
  service: Type.Enum(['sms', 'mms'], { description: 'Service of the messages.' }),
  carrier: Type.String({ description: 'Name of the carrier that they go to.' }),
  fallback: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: maxFallbacks,
      separator: ',',
      description: 'Carriers that are tried in this order while those before them are down.',
    }),
  ),
  number: Type.Optional(
    Type.String({ description: 'Of messages from this number, short code or alphanumeric name.' }),
  ),
  kind: Type.Optional(
    Type.Enum([...networkSenderKinds], { description: 'Of messages from numbers of this kind.' }),
  ),
  country: Type.Optional(
    Type.String({ description: 'ISO 3166-1 code: of a short code, beside kind, or alone.' }),
  ),
  powerpack: Type.Optional(Type.String({ description: 'Of messages that this powerpack sends.' })),
  account: Type.Optional(Type.String({ description: 'Of messages of this account or subaccount.' })),
};

/** `readRoute` checks the parts together. Without number, kind, country, powerpack and account it is the default of its service. */
export const RouteInput = Type.Object(routeFields);

export const ListRoutesInput = Type.Object({
  ...orderParameters(
    routeOrders,
    'without it they are listed by what they are for, as by `senders`. `carrier` is the first one of each.',
  ),
  ...pageParameters,
  service: Type.Optional(Type.Enum(['sms', 'mms'], { description: 'Only routes of this service.' })),
  carrier: Type.Optional(Type.String({ maxLength: 32, description: 'Only routes that name this carrier.' })),
});

export const RouteBody = Type.Object({
  account: nullable(Type.String()),
  carrier: Type.String(),
  country: nullable(Type.String()),
  fallback: Type.Array(Type.String()),
  kind: nullable(Type.Enum([...networkSenderKinds])),
  number: nullable(Type.String()),
  powerpack: nullable(Type.String()),
  resource_uri: Type.String(),
  route_id: Type.String(),
  service: Type.Enum(['sms', 'mms']),
  source,
});

export const CreatedRoute = Type.Object({ message: Type.Literal('created'), route_id: Type.String() });
export const CreatedCarrier = Type.Object({ message: Type.Literal('created'), name: Type.String() });

export function routeToWire(accountId: string, route: StoredRoute): Static<typeof RouteBody> {
  const { service, carrier, fallback, number, kind, country, powerpack, account } = writeRoute(route);
  return {
    account: account ?? null,
    carrier,
    country: country ?? null,
    fallback,
    kind: kind ?? null,
    number: number ?? null,
    powerpack: powerpack ?? null,
    resource_uri: `/v1/Account/${accountId}/Route/${route.id}/`,
    route_id: route.id,
    service,
    source: route.source,
  };
}
