// A name that an account wants to send as, and what the operator says to it. Pure.

export const approvalStatuses = ['pending', 'approved', 'rejected'] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

export interface AlphanumericSender {
  readonly id: string;
  /** The account or subaccount that asked for it. */
  readonly accountId: string;
  readonly name: string;
  readonly status: ApprovalStatus;
  /** The account's words to the operator. */
  readonly note: string | undefined;
  /** The operator's words to the account. */
  readonly reason: string | undefined;
  readonly requestedAt: Date;
  readonly decidedAt: Date | undefined;
}

/** A name in a pool. */
export interface NamedMember {
  readonly sender: AlphanumericSender;
  readonly addedAt: Date;
  /** Its own rate in segments a second, 0 for no limit; `null` for that of names. */
  readonly smsPerSecond: number | null;
}
