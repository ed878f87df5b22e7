// Messages and carriers of SMPP as tests need them: complete, with one thing or another said.
import { readCarrierEntry } from '../../src/carriers/carrier-config.ts';
import type { SmppConfig } from '../../src/carriers/smpp/config.ts';
import { type MessageBody, noTlvs } from '../../src/carriers/smpp/pdu.ts';

/** Returns a message from a handset to a number of ours, empty, with what is given instead. */
export function sampleMessage(given: Partial<MessageBody> = {}): MessageBody {
  return {
    serviceType: '',
    source: { ton: 1, npi: 1, digits: '14155550199' },
    destination: { ton: 1, npi: 1, digits: '14155550100' },
    esmClass: 0,
    protocolId: 0,
    priority: 0,
    scheduleDeliveryTime: '',
    validityPeriod: '',
    registeredDelivery: 0,
    replaceIfPresent: 0,
    dataCoding: 0,
    defaultMessageId: 0,
    shortMessage: new Uint8Array(),
    tlvs: noTlvs,
    ...given,
  };
}

/** Returns an SMPP carrier's entry with its defaults, and what is given, as it is written in the file. */
export function sampleSmppConfig(given: Readonly<Record<string, unknown>> = {}): SmppConfig {
  const entry = {
    name: 'smsc',
    hosts: ['127.0.0.1:2775'],
    system_id: 'rucksack',
    password: 'secret',
    ...given,
  };
  const { config } = readCarrierEntry({ type: 'smpp', ...entry }, 'carriers[0]');
  if (config.type !== 'smpp') throw new Error('another type');
  return config;
}
