// The state that an account is given for its tests, in our own names. Pure.
import type { ApplicationRequest } from '../applications/change-application.ts';
import type { Rule } from '../carriers/simulator/rule.ts';
import type { PowerpackChange } from '../powerpacks/powerpack.ts';
import type { Service } from '../telecom/service.ts';

/** Numbers to rent: one by its digits, or some that are like it. */
export interface NumberSeed {
  readonly count: number;
  readonly countryIso2: 'US' | 'CA';
  readonly type: 'local' | 'tollfree';
  readonly pattern: string | undefined;
  readonly number: string | undefined;
}

export interface PowerpackSeed {
  readonly name: string;
  readonly change: PowerpackChange;
  /** The name of an application of the same seed, for replies. */
  readonly application: string | undefined;
  /** Numbers to rent into its pool. */
  readonly numbers: readonly NumberSeed[];
  readonly shortcodes: readonly string[];
}

/** A message of the past. */
export interface MessageSeed {
  readonly direction: 'outbound' | 'inbound';
  readonly sender: string;
  readonly destination: string;
  readonly text: string;
  readonly service: Service;
  readonly status: 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';
  readonly errorCode: number | undefined;
  /** The name of a powerpack of the same seed. */
  readonly powerpack: string | undefined;
  readonly at: Date | undefined;
}

export interface Seed {
  readonly applications: readonly ApplicationRequest[];
  readonly numbers: readonly NumberSeed[];
  readonly powerpacks: readonly PowerpackSeed[];
  readonly rules: readonly Rule[];
  readonly messages: readonly MessageSeed[];
}

/** A powerpack that was made. */
export interface MadePowerpack {
  readonly name: string;
  readonly uuid: string;
  readonly poolUuid: string;
  readonly numbers: readonly string[];
}

/** The things that a seed has made, in its order. */
export interface Seeded {
  readonly applications: readonly { readonly appName: string; readonly appId: string }[];
  /** All that were rented, those of powerpacks last. */
  readonly numbers: readonly string[];
  readonly powerpacks: readonly MadePowerpack[];
  readonly messageIds: readonly string[];
}
