// Makes carriers of every type from their entries.
import type { Carrier } from './carrier.ts';
import type { CarrierConfig } from './carrier-config.ts';
import { type MakeHttpCarrierParts, makeHttpCarrier } from './http/make-http-carrier.ts';
import type { Simulator } from './simulator/simulator.ts';
import { makeConnect } from './smpp/connect.ts';
import { SmppCarrier, type SmppParts } from './smpp/smpp-carrier.ts';

/** The parts that carriers need beside their entries. */
interface CarrierParts extends Omit<SmppParts, 'connect'>, MakeHttpCarrierParts {
  /** There is one: its rules, handsets and records are the API's too. */
  readonly simulator: Simulator;
}

/** Returns a carrier that has not been started. */
export function makeCarrier(config: CarrierConfig, parts: CarrierParts): Carrier {
  switch (config.type) {
    case 'simulator':
      return parts.simulator;
    case 'smpp':
      return new SmppCarrier(config, { ...parts, connect: makeConnect(config, parts.timers) });
    case 'http':
      return makeHttpCarrier(config, parts);
  }
}
