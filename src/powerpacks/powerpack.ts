// A powerpack and the rules for changing one. Pure.
import type { Service } from '../telecom/service.ts';
import type { MessagePriority } from './message-priority.ts';
import type { QuietHours } from './quiet-hours.ts';

/** The kinds of sender that a number priority puts in order, as they are named on the wire. */
export const priorityKinds = ['shortcode', 'tollfree', 'longcode'] as const;
export type PriorityKind = (typeof priorityKinds)[number];

/** Every kind of sender. `alphanumeric` is a name. */
export const senderKinds = [...priorityKinds, 'alphanumeric'] as const;
export type SenderKind = (typeof senderKinds)[number];

/**
 * Whether a member sends: a `draining` one goes on with the recipients that it has, one that is `aside` sends nothing, and neither does a
 * toll-free number that its carriers have not verified, or a name that the operator has not approved.
 */
export const standings = ['active', 'draining', 'aside', 'unverified', 'unapproved'] as const;
export type Standing = (typeof standings)[number];

/** In which order kinds of senders are tried for one service to one country. */
export interface NumberPriority {
  readonly serviceType: 'SMS' | 'MMS';
  readonly countryIso2: 'US' | 'CA';
  /** One to three kinds, first choice first. Kinds that are not listed come last. */
  readonly order: readonly PriorityKind[];
}

/**
 * The scope that STOP blocks, the narrowest first: the number that it was written to, every member of the powerpack, every number of
 * the account.
 */
export const optOutScopes = ['number', 'powerpack', 'account'] as const;
export type OptOutScope = (typeof optOutScopes)[number];

export interface ApplicationReference {
  readonly appId: string;
  readonly applicationType: 'XML' | 'PHLO';
}

export interface Powerpack {
  readonly uuid: string;
  readonly poolUuid: string;
  /** The account or subaccount that owns it. */
  readonly accountId: string;
  readonly name: string;
  readonly stickySender: boolean;
  readonly localConnect: boolean;
  /** Where replies go; `null` leaves each number its own. */
  readonly application: ApplicationReference | null;
  readonly numberPriority: readonly NumberPriority[];
  /** Names go before numbers where a country takes them, else behind them. */
  readonly alphanumericFirst: boolean;
  /** Look-alikes of GSM characters are replaced before a text is counted and sent. */
  readonly smartEncoding: boolean;
  readonly optOutScope: OptOutScope;
  /** Segments that a new member may send on the UTC day on which it is added, on the next one, and so on; empty for no warm-up. */
  readonly warmUp: readonly number[];
  /** Of messages that do not say it themselves. */
  readonly messagePriority: MessagePriority;
  /** The hours of the recipient's day in which it sends nothing. */
  readonly quietHours: QuietHours | null;
  /** While set, the powerpack cannot be deleted. */
  readonly deletionProtection: boolean;
  readonly createdAt: Date;
}

/** The settings that an update changes. An absent one stays as it is; `null` takes the application or the quiet hours away. */
export type PowerpackChange = Partial<
  Pick<
    Powerpack,
    | 'name'
    | 'stickySender'
    | 'localConnect'
    | 'application'
    | 'numberPriority'
    | 'alphanumericFirst'
    | 'smartEncoding'
    | 'optOutScope'
    | 'warmUp'
    | 'quietHours'
    | 'messagePriority'
    | 'deletionProtection'
  >
>;

/** Short codes first, and long codes before toll-free so that local connect has its effect (semantics section 2). */
const defaultOrder: readonly PriorityKind[] = ['shortcode', 'longcode', 'tollfree'];

/** Returns the number priority of a new powerpack: the same order for both services in both countries. */
export const defaultNumberPriority: readonly NumberPriority[] = (['US', 'CA'] as const).flatMap(
  (countryIso2) =>
    (['SMS', 'MMS'] as const).map((serviceType) => ({ serviceType, countryIso2, order: defaultOrder })),
);

/** Returns the powerpack after a change. Entries of the number priority replace those of the same service and country. */
export function applyChange(powerpack: Powerpack, change: PowerpackChange): Powerpack {
  const numberPriority = mergePriority(powerpack.numberPriority, change.numberPriority ?? []);
  return { ...powerpack, ...change, numberPriority };
}

/** Returns `present` with `changes` in it; later entries replace earlier ones of the same service and country. */
export function mergePriority(
  present: readonly NumberPriority[],
  changes: readonly NumberPriority[],
): NumberPriority[] {
  const key = (entry: NumberPriority) => `${entry.serviceType} ${entry.countryIso2}`;
  return [...new Map([...present, ...changes].map((entry) => [key(entry), entry])).values()];
}

/** How pool lists name the type of a number (wire-control-plane 4.4). */
export type MemberType = 'fixed' | 'tollfree' | 'mobile' | 'shortcode' | 'alphanumeric';

export interface PoolMember {
  readonly poolUuid: string;
  /** Digits of the number or the short code, or a name. */
  readonly sender: string;
  readonly kind: SenderKind;
  readonly memberType: MemberType;
  /** Empty for a name, which belongs to no country. */
  readonly countryIso2: string;
  readonly service: Service;
  readonly addedAt: Date;
}

/** Returns the pool's word for a number's type: every number of the fixed network is `fixed`. */
export function memberTypeOf(numberType: string): MemberType {
  return numberType === 'tollfree' || numberType === 'mobile' ? numberType : 'fixed';
}
