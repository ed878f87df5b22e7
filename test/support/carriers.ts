// Carriers and jobs as tests need them: complete, with one thing or another done by the test.
import type { Carrier } from '../../src/carriers/carrier.ts';
import type { Job } from '../../src/messages/outbox/outbox-store.ts';

/** Returns a carrier that is up, has room for everything and takes it as one part under its reference, with what is given instead. */
export function sampleCarrier(given: Partial<Carrier> = {}): Carrier {
  return {
    name: 'test',
    services: ['sms', 'mms'],
    start: async () => {},
    room: () => Number.POSITIVE_INFINITY,
    submit: async ({ reference }, onWay) => {
      onWay?.();
      return { parts: [{ part: 1, name: reference }], totalParts: 1 };
    },
    status: () => ({ state: 'up', room: Number.POSITIVE_INFINITY, lastError: undefined, counts: {} }),
    drain() {},
    resumeTaking() {},
    stop: async () => {},
    ...given,
  };
}

/** Returns a job of one number that is due at the moment 0, with what is given instead. */
export function sampleJob(position: number, given: Partial<Job> = {}): Job {
  return {
    queue: '12015550100',
    position,
    messageId: `message ${position}`,
    dueAt: new Date(0),
    expiresAt: new Date(1_000_000),
    busyMs: 1000,
    passesOptOut: false,
    quietFrom: undefined,
    notBefore: undefined,
    attempts: 0,
    refusals: 0,
    isOutcomeUnknown: false,
    unknownAttempts: 0,
    carrier: undefined,
    partsTaken: 0,
    accountId: 'MA',
    subaccountId: undefined,
    powerpackUuid: undefined,
    sender: '12015550100',
    destination: '12015550150',
    countryIso2: 'US',
    service: 'sms',
    text: 'hello',
    segments: 1,
    dlt: {},
    campaignId: undefined,
    onlyCarrier: undefined,
    trace: undefined,
    ...given,
  };
}
