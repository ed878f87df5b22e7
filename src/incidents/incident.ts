// Incidents: what was wrong in an account, from when until when, in one sentence. Pure.
import { maskUrl } from '../audit/write-state.ts';

export const incidentKinds = ['carrier', 'error_code', 'late_messages', 'number', 'webhook_url'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** A trouble at the moment of a look. Those of one account, kind and subject in look after look are one incident. */
export interface Trouble {
  /** The main account; for a carrier, that of the operator. */
  readonly accountId: string;
  readonly kind: IncidentKind;
  /** The carrier, the code, the powerpack, the number or the URL; empty for late messages without a powerpack. */
  readonly subject: string;
  readonly beganAt: Date;
  /** Messages or callbacks that it concerns. */
  readonly affected: number;
  /** Of how many. */
  readonly total: number;
  /** The name of the powerpack, or the last error. */
  readonly detail: string | undefined;
}

export interface Incident extends Omit<Trouble, 'accountId' | 'detail'> {
  readonly id: string;
  /** Undefined while it lasts. */
  readonly endedAt: Date | undefined;
  /** Of when it was at its worst. */
  readonly sentence: string;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Returns a detail behind a sentence; nothing where there is none. */
const behind = (detail: string | undefined): string => (detail === undefined ? '' : `: ${detail}`);

/** Returns what is wrong, in one sentence without a full stop. */
export function sentenceOf({ kind, subject, affected, total, detail }: Omit<Trouble, 'accountId'>): string {
  switch (kind) {
    case 'carrier':
      return `the carrier ${subject} is down${behind(detail)}`;
    case 'error_code':
      return `${affected} of ${counted(total, 'message')} of an hour failed with code ${subject}`;
    case 'late_messages':
      return `${counted(affected, 'message')} of ${detail ?? 'no powerpack'} waited behind one that was five minutes late`;
    case 'number':
      return `${affected} of ${counted(total, 'message')} of a day from ${subject} did not arrive`;
    case 'webhook_url':
      return `${affected} of ${counted(total, 'callback')} of an hour failed at ${maskUrl(subject)}${behind(detail)}`;
  }
}
