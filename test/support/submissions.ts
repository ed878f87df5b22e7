// Submissions and reports as tests need them: complete, with one thing or another said.
import type { DeliveryReport, Submission } from '../../src/carriers/carrier.ts';

/** Returns a text message of one segment between fictitious numbers, with what is given instead. */
export function sampleSubmission(given: Partial<Submission> = {}): Submission {
  return {
    accountId: 'MADEMO00000000000001',
    reference: '019cebb2-7a55-7c3e-8d0b-5f6e7a8b9c0d',
    attempt: 1,
    sender: '14155550100',
    senderKind: 'longcode',
    senderCountry: 'US',
    destination: '12125550199',
    service: 'sms',
    text: 'Hello',
    segments: 1,
    mediaUrls: [],
    ordinal: 1,
    expiresAt: new Date('2100-01-01T00:00:00Z'),
    partsTaken: 0,
    dlt: {},
    ...given,
  };
}

/** Returns a report of the first of `names` as delivered, with what is given instead. */
export function sampleReport(names: readonly string[], given: Partial<DeliveryReport> = {}): DeliveryReport {
  return {
    names,
    reference: undefined,
    destination: undefined,
    outcome: 'delivered',
    covers: 'message',
    errorCode: undefined,
    detail: undefined,
    at: new Date('2026-01-01T00:00:00Z'),
    ...given,
  };
}
