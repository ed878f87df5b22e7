// Each command_status of a submit_sm_resp as a failure of the contract (SMPP 3.4 section 5.1.3; carriers.md section 4.5). Pure.
import type { SubmitFailure } from '../submit-error.ts';

/** Statuses that the session itself treats by number. */
export const statuses = {
  ok: 0x00,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  invalidBindStatus: 0x04,
  alreadyBound: 0x05,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  queueFull: 0x14,
  invalidSystemType: 0x53,
  throttled: 0x58,
  invalidExpiry: 0x62,
} as const;

interface Meaning {
  /** The specification's name, or the vendor's words. */
  readonly name: string;
  readonly failure: SubmitFailure;
}

type Row = readonly [first: number, last: number, name: string, failure: SubmitFailure];

/** Rows do not overlap. */
const rows: readonly Row[] = [
  [0x01, 0x01, 'ESME_RINVMSGLEN', 'tooLong'],
  [0x02, 0x02, 'ESME_RINVCMDLEN', 'misconfigured'],
  [0x03, 0x03, 'ESME_RINVCMDID', 'misconfigured'],
  [0x04, 0x04, 'ESME_RINVBNDSTS', 'disconnected'],
  [0x05, 0x05, 'ESME_RALYBND', 'disconnected'],
  [0x06, 0x06, 'ESME_RINVPRTFLG', 'misconfigured'],
  [0x07, 0x07, 'ESME_RINVREGDLVFLG', 'misconfigured'],
  [0x08, 0x08, 'ESME_RSYSERR', 'carrierFault'],
  [0x0a, 0x0a, 'ESME_RINVSRCADR', 'invalidSender'],
  [0x0b, 0x0b, 'ESME_RINVDSTADR', 'invalidDestination'],
  [0x0c, 0x0c, 'ESME_RINVMSGID', 'unknown'],
  [0x0d, 0x0d, 'ESME_RBINDFAIL', 'misconfigured'],
  [0x0e, 0x0e, 'ESME_RINVPASWD', 'misconfigured'],
  [0x0f, 0x0f, 'ESME_RINVSYSID', 'misconfigured'],
  [0x11, 0x11, 'ESME_RCANCELFAIL', 'unknown'],
  [0x13, 0x13, 'ESME_RREPLACEFAIL', 'unknown'],
  [0x14, 0x14, 'ESME_RMSGQFUL', 'throttled'],
  [0x15, 0x15, 'ESME_RINVSERTYP', 'misconfigured'],
  [0x33, 0x33, 'ESME_RINVNUMDESTS', 'unknown'],
  [0x34, 0x34, 'ESME_RINVDLNAME', 'unknown'],
  [0x40, 0x40, 'ESME_RINVDESTFLAG', 'unknown'],
  [0x42, 0x42, 'ESME_RINVSUBREP', 'misconfigured'],
  [0x43, 0x43, 'ESME_RINVESMCLASS', 'misconfigured'],
  [0x44, 0x44, 'ESME_RCNTSUBDL', 'unknown'],
  [0x45, 0x45, 'ESME_RSUBMITFAIL', 'carrierFault'],
  [0x48, 0x48, 'ESME_RINVSRCTON', 'invalidSender'],
  [0x49, 0x49, 'ESME_RINVSRCNPI', 'invalidSender'],
  [0x4a, 0x4a, 'ESME_RINVDSTTON', 'invalidDestination'],
  [0x4b, 0x4b, 'ESME_RINVDSTNPI', 'invalidDestination'],
  [0x50, 0x50, 'ESME_RINVDSTTON', 'invalidDestination'],
  [0x51, 0x51, 'ESME_RINVDSTNPI', 'invalidDestination'],
  [0x53, 0x53, 'ESME_RINVSYSTYP', 'misconfigured'],
  [0x54, 0x54, 'ESME_RINVREPFLAG', 'misconfigured'],
  [0x55, 0x55, 'ESME_RINVNUMMSGS', 'misconfigured'],
  [0x58, 0x58, 'ESME_RTHROTTLED', 'throttled'],
  [0x61, 0x61, 'ESME_RINVSCHED', 'misconfigured'],
  [0x62, 0x62, 'ESME_RINVEXPIRY', 'misconfigured'],
  [0x63, 0x63, 'ESME_RINVDFTMSGID', 'misconfigured'],
  [0x64, 0x64, 'ESME_RX_T_APPN', 'carrierFault'],
  [0x65, 0x65, 'ESME_RX_P_APPN', 'prohibited'],
  [0x66, 0x66, 'ESME_RX_R_APPN', 'prohibited'],
  [0x67, 0x67, 'ESME_RQUERYFAIL', 'carrierFault'],
  [0xc0, 0xc0, 'ESME_RINVOPTPARSTREAM', 'misconfigured'],
  [0xc1, 0xc1, 'ESME_ROPTPARNOTALLWD', 'misconfigured'],
  [0xc2, 0xc2, 'ESME_RINVPARLEN', 'misconfigured'],
  [0xc3, 0xc3, 'ESME_RMISSINGOPTPARAM', 'invalidMessage'],
  [0xc4, 0xc4, 'ESME_RINVOPTPARAMVAL', 'misconfigured'],
  [0xfe, 0xfe, 'ESME_RDELIVERYFAILURE', 'carrierFault'],
  [0xff, 0xff, 'ESME_RUNKNOWNERR', 'carrierFault'],
  [0x100, 0x100, 'ESME_RSERTYPUNAUTH', 'prohibited'],
  [0x101, 0x101, 'ESME_RPROHIBITED', 'prohibited'],
  [0x102, 0x102, 'ESME_RSERTYPUNAVAIL', 'carrierFault'],
  [0x103, 0x103, 'ESME_RSERTYPDENIED', 'prohibited'],
  [0x104, 0x104, 'ESME_RINVDCS', 'invalidMessage'],
  [0x400, 0x4ff, 'of the vendor', 'carrierFault'],
];

/** Statuses that are on no list pass perhaps: the message is tried again a few times, as for a fault of the carrier. */
const reserved: Meaning = { name: 'reserved', failure: 'carrierFault' };

const meanings = new Map<number, Meaning>(
  rows.flatMap(([first, last, name, failure]) =>
    Array.from({ length: last - first + 1 }, (_, index) => [first + index, { name, failure }] as const),
  ),
);

/** Statuses that the message would not have got without its validity period, or without its optional parameters. */
export const statusesOfParameters: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2, 0xc4]);

/** Statuses of a type of address that the SMSC does not take. Some lists print those of destinations as 0x4a and 0x4b. */
export const statusesOfSourceType: ReadonlySet<number> = new Set([0x48, 0x49]);
export const statusesOfDestinationType: ReadonlySet<number> = new Set([0x4a, 0x4b, 0x50, 0x51]);

/** Returns the failure that a status other than 0 means; `given` (`statuses` of the configuration, by hex number) goes before the table. */
export function failureOf(status: number, given: Readonly<Record<string, SubmitFailure>>): SubmitFailure {
  return given[writeStatus(status)] ?? (meanings.get(status) ?? reserved).failure;
}

/** Returns a status as the history and the log show it: `0x58 ESME_RTHROTTLED`. */
export function nameStatus(status: number): string {
  return `${writeStatus(status)} ${(meanings.get(status) ?? reserved).name}`;
}

/** Returns a status as it is written in the configuration: `0x58`. */
export function writeStatus(status: number): string {
  return `0x${status.toString(16).padStart(2, '0')}`;
}
