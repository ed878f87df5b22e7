// Routes: which senders go to which carriers, and which route counts where several fit. Pure.
import type { NetworkSender, NetworkSenderKind } from '../telecom/sender.ts';
import type { Service } from '../telecom/service.ts';

/** The senders that a route is for; without any of these it is the default of its service. */
export interface RouteMatch {
  /** Digits of a number or of a short code, or an alphanumeric name. */
  readonly number?: string | undefined;
  readonly kind?: NetworkSenderKind | undefined;
  /** ISO 3166-1 code; of a short code or of a kind, or alone. */
  readonly countryIso2?: string | undefined;
  readonly powerpackUuid?: string | undefined;
  /** Of a main account or of a subaccount. */
  readonly accountId?: string | undefined;
}

export interface Route {
  readonly service: Service;
  readonly match: RouteMatch;
  /** Names of carriers in the order in which they are tried, at least one. */
  readonly carriers: readonly string[];
}

/** The sender of a message, and those that it belongs to. */
export interface RoutedSender extends NetworkSender {
  readonly powerpackUuid: string | undefined;
  readonly subaccountId: string | undefined;
  readonly accountId: string;
}

/** Returns the name of what a route is for, by which it is found: `number:14155550123`, `kind:US/tollfree`, `default`. */
export function scopeOfRoute({ number, kind, countryIso2, powerpackUuid, accountId }: RouteMatch): string {
  if (number !== undefined) return `number:${number}${countryIso2 === undefined ? '' : `/${countryIso2}`}`;
  if (powerpackUuid !== undefined) return `powerpack:${powerpackUuid}`;
  if (kind !== undefined) return `kind:${countryIso2 === undefined ? '' : `${countryIso2}/`}${kind}`;
  if (countryIso2 !== undefined) return `country:${countryIso2}`;
  if (accountId !== undefined) return `account:${accountId}`;
  return 'default';
}

/**
 * Returns the names of all routes that a sender could have, the most specific first: its number, its powerpack, its kind and country,
 * its kind, its country, its subaccount, its account, the default.
 */
export function scopesOfSender(sender: RoutedSender): string[] {
  const { sender: number, senderKind: kind, senderCountry: countryIso2 } = sender;
  const { powerpackUuid, subaccountId, accountId } = sender;
  const scopes: string[] = [];
  if (kind === 'shortcode') scopes.push(scopeOfRoute({ number, countryIso2 }));
  scopes.push(scopeOfRoute({ number }));
  if (powerpackUuid !== undefined) scopes.push(scopeOfRoute({ powerpackUuid }));
  if (countryIso2 !== undefined) scopes.push(scopeOfRoute({ kind, countryIso2 }));
  scopes.push(scopeOfRoute({ kind }));
  if (countryIso2 !== undefined) scopes.push(scopeOfRoute({ countryIso2 }));
  if (subaccountId !== undefined) scopes.push(scopeOfRoute({ accountId: subaccountId }));
  scopes.push(scopeOfRoute({ accountId }), scopeOfRoute({}));
  return scopes;
}
