// Any PDU, for properties that hold for all of them.
import fc from 'fast-check';
import { noTlvs, type Pdu } from '../../src/carriers/smpp/pdu.ts';

const octet = fc.nat(255);
/** A C-octet string: Latin-1 without NUL. */
const text = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
const octets = (maxLength: number) => fc.uint8Array({ maxLength });
const address = fc.record({ ton: octet, npi: octet, digits: text }, { noNullPrototype: true });
const tlvs = fc
  .uniqueArray(fc.tuple(fc.nat(0xffff), octets(60)), { maxLength: 4, selector: ([tag]) => tag })
  .map((list) => (list.length === 0 ? noTlvs : new Map(list)));
const header = { status: fc.nat(0x7fff_ffff), sequence: fc.integer({ min: 0, max: 0x7fff_ffff }) };

const bind = {
  systemId: text,
  password: text,
  systemType: text,
  interfaceVersion: octet,
  addressRange: address,
};

const message = {
  serviceType: text,
  source: address,
  destination: address,
  esmClass: octet,
  protocolId: octet,
  priority: octet,
  scheduleDeliveryTime: text,
  validityPeriod: text,
  registeredDelivery: octet,
  replaceIfPresent: octet,
  dataCoding: octet,
  defaultMessageId: octet,
  shortMessage: octets(254),
  tlvs,
};

const data = {
  serviceType: text,
  source: address,
  destination: address,
  esmClass: octet,
  registeredDelivery: octet,
  dataCoding: octet,
  tlvs,
};

const of = (commands: readonly string[], fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    { command: fc.constantFrom(...commands), ...header, ...fields },
    { noNullPrototype: true },
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<Pdu>;

export const anyPdu: fc.Arbitrary<Pdu> = fc.oneof(
  of(['bind_receiver', 'bind_transmitter', 'bind_transceiver'], bind),
  of(['bind_receiver_resp', 'bind_transmitter_resp', 'bind_transceiver_resp'], { systemId: text, tlvs }),
  of(['submit_sm', 'deliver_sm'], message),
  of(['submit_sm_resp', 'deliver_sm_resp', 'data_sm_resp'], { messageId: text, tlvs }),
  of(['data_sm'], data),
  of(
    ['unbind', 'unbind_resp', 'enquire_link', 'enquire_link_resp', 'generic_nack', 'alert_notification'],
    {},
  ),
);
