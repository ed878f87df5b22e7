// The contract of a carrier, the next hop to the telephone network. Carriers know no message, no powerpack, no database.

import type { NetworkSender } from '../telecom/sender.ts';
import type { Service } from '../telecom/service.ts';

/** Ids of India's registry of templates; vendors take them in extra fields. */
export interface DltIds {
  readonly entityId?: string | undefined;
  readonly templateId?: string | undefined;
  readonly templateCategory?: string | undefined;
}

/** One message for the network. */
export interface Submission extends NetworkSender {
  /** The main account that it is from. */
  readonly accountId: string;
  /** Ours, the same at every attempt, so that a carrier that recognises repetitions does. */
  readonly reference: string;
  /** 1 at first. */
  readonly attempt: number;
  /** E.164 digits. */
  readonly destination: string;
  readonly service: Service;
  readonly text: string;
  /** As the customer was told. */
  readonly segments: number;
  readonly mediaUrls: readonly string[];
  /** The message's position in its sender queue, the same at every attempt: the reference number of a message in parts. */
  readonly ordinal: number;
  /** Until when it is worth delivering. */
  readonly expiresAt: Date;
  /** How many parts an earlier attempt handed over for certain: only those behind them are to be submitted. */
  readonly partsTaken: number;
  readonly dlt: DltIds;
}

/** A part of a message that a carrier has taken. Where a carrier gets messages whole there is one. */
export interface TakenPart {
  /** From 1. */
  readonly part: number;
  /** The carrier's name for it; empty where it gives none. */
  readonly name: string;
}

/** Parts that one attempt handed over. */
export interface Taken {
  readonly parts: readonly TakenPart[];
  /** Of the whole message, those of earlier attempts included. */
  readonly totalParts: number;
}

/** The outcome of a message or of one of its parts, as the carrier reports it later. */
export interface DeliveryReport {
  /** The names that the part may have been given, the likeliest first; may be empty where `reference` is there. */
  readonly names: readonly string[];
  /** Ours, where the carrier repeats it. */
  readonly reference: string | undefined;
  /** The destination of the message, where the carrier repeats it. A name whose message had another destination is not meant. */
  readonly destination: string | undefined;
  /** The sender of the message, where the carrier repeats it. */
  readonly sender?: string | undefined;
  /** `progress` is an intermediate state, for the history only. */
  readonly outcome: 'delivered' | 'undelivered' | 'progress';
  /** Whether it speaks of one part or of the whole message. */
  readonly covers: 'part' | 'message';
  /** The vendor's error code of what was not delivered (wire-data-plane section 8). */
  readonly errorCode: number | undefined;
  /** The carrier's own words, for the history: `UNDELIV err 075`. */
  readonly detail: string | undefined;
  readonly at: Date;
}

/** Where a part of a message from a handset belongs (3GPP 23.040 section 9.2.3.24). */
export interface InboundPart {
  readonly reference: number;
  /** From 1. */
  readonly part: number;
  readonly total: number;
  /** Bits of the reference: the same number in another width is another message. */
  readonly width: 8 | 16;
}

/** A file that came with a message from a handset. */
export interface InboundFile {
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** A message from a handset to one of our numbers, or one part of a long one. */
export interface InboundMessage {
  /** The carrier's name for it, by which a repetition is known. */
  readonly name: string;
  readonly sender: string;
  /** Whether the sender is written without its country code. */
  readonly senderIsNational?: boolean | undefined;
  readonly destination: string;
  readonly service: Service;
  readonly text: string;
  /** Addresses that anybody may fetch. */
  readonly mediaUrls: readonly string[];
  /** Files that the carrier fetched itself, where their addresses need credentials. */
  readonly files?: readonly InboundFile[] | undefined;
  readonly part?: InboundPart | undefined;
  /** For the history: what of it the text cannot say. */
  readonly detail?: string | undefined;
}

/** Parts that a carrier took, told after it had given the submission up. */
export interface LateTaken extends Taken {
  readonly reference: string;
  readonly attempt: number;
}

/** The server's side of a carrier. Those that promise something resolve once it is durable: only then may the carrier acknowledge it. */
export interface CarrierEvents {
  report(report: DeliveryReport): Promise<void>;
  /** Resolves with our identifier of the message, or of the part until the message is whole; `undefined` if no one here has that number. */
  receive(message: InboundMessage): Promise<string | undefined>;
  /** Says that an attempt had been taken whose answer came after `submit` failed. */
  taken(late: LateTaken): Promise<void>;
  /** Says that there is room again where there was none. */
  room(): void;
}

/** A part that this carrier took and has not reported on, for `resume` after a restart. */
export interface Unreported {
  readonly name: string;
  readonly part: number;
  readonly submission: Submission;
  readonly submittedAt: Date;
}

/** The carrier has given one name to two messages of late, or none at all. */
export const nameWarnings = ['names_repeat', 'names_missing'] as const;
export type NameWarning = (typeof nameWarnings)[number];

/** The carrier has refused the type (TON, NPI) of some senders or destinations of late. */
export const addressWarnings = ['source_ton_refused', 'destination_ton_refused'] as const;
export type AddressWarning = (typeof addressWarnings)[number];

export const carrierWarnings = [...nameWarnings, ...addressWarnings] as const;
export type CarrierWarning = (typeof carrierWarnings)[number];

/** The states of a connection that a carrier keeps. */
export const linkStates = [
  'idle',
  'connecting',
  'binding',
  'bound',
  'unbinding',
  'refused',
  'waiting',
  'stopped',
] as const;
export type LinkState = (typeof linkStates)[number];
export const linkRoles = ['transceiver', 'transmitter', 'receiver'] as const;
export type LinkRole = (typeof linkRoles)[number];

/** One connection of a carrier that keeps some. */
export interface LinkStatus {
  /** From 1, among those of the account. */
  readonly bind: number;
  readonly role: LinkRole;
  readonly state: LinkState;
  /** When it came into this state. */
  readonly since: Date;
  /** Where it is connected, or was tried last; empty before. */
  readonly host: string;
  /** The name that the other side gave itself; empty while there is none. */
  readonly peer: string;
  readonly unanswered: number;
  /** When the oldest message that is unanswered was handed over; undefined without any. */
  readonly unansweredSince: Date | undefined;
}

/** How a carrier is, as plain data for people and measurements. */
export interface CarrierStatus {
  /** `refused`: the carrier denies us, for example for a wrong password. `draining`: it takes nothing new. */
  readonly state: 'up' | 'down' | 'refused' | 'draining';
  /** Segments that it would take now, from any sender. */
  readonly room: number;
  readonly lastError: { readonly at: Date; readonly text: string } | undefined;
  /** Counts since the start, by name in words: `submitted`, `throttled`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Counts of its answers other than yes since the start, by its own codes: `0x58`, `429`. */
  readonly answers?: Readonly<Record<string, number>> | undefined;
  readonly links?: readonly LinkStatus[] | undefined;
  /** Segments a second that are possible now; `undefined` where there is no limit. */
  readonly rate?: number | undefined;
  /** For how many milliseconds since the start it has submitted nothing because the carrier asked to slow down. */
  readonly throttledMs?: number | undefined;
  /** Faults while it is up: its names for messages keep reports from them, or it refuses one kind of address. */
  readonly warnings?: readonly CarrierWarning[] | undefined;
  /** How names in reports differ from those that the carrier gave, where that is set or has been learned. */
  readonly nameRule?: string | undefined;
}

export interface Carrier {
  /** `[a-z0-9-]{2,32}`; stands with each of its names of messages, so it never changes. */
  readonly name: string;
  readonly services: readonly Service[];
  start(events: CarrierEvents): Promise<void>;
  /** Returns how many segments it takes from this sender now; 0 while it is down. Asked before a message is marked as perhaps submitted. */
  room(sender: string): number;
  /**
   * Hands one message over; resolves once the carrier has taken all of its parts.
   * @param onWay called when its first part leaves this process: it may have waited here for a place or for the account's rate. Its
   *   sender's pace counts from then. A message that was never on its way ends without.
   * @throws SubmitError, which says whether to try again, and what was taken all the same.
   */
  submit(submission: Submission, onWay?: () => void): Promise<Taken>;
  /** For a carrier that forgets when this process ends (the simulator): goes on with what it had taken. */
  resume?(unreported: readonly Unreported[]): void;
  status(): CarrierStatus;
  /** Counts a message from a handset to a number whose messages go out over other carriers. */
  noteForeign?(): void;
  /** Takes nothing new until `resumeTaking`; reports and messages from handsets go on. */
  drain(): void;
  /** Ends a `drain`. */
  resumeTaking(): void;
  /** Takes nothing more, lets what is in hand end, and ends its connections within 5 s. */
  stop(): Promise<void>;
}
