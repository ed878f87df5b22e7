// The names of the counts of SMPP carriers. Pure.

/** Counts by name, in words. */
export type Counted =
  | 'submitted'
  | 'refused'
  | 'throttled'
  | 'lost in flight'
  | 'unanswered'
  | 'late'
  | 'unexpected answers'
  | 'unnamed'
  | 'names repeated'
  | 'receipts'
  | 'receipts without a name'
  | 'receipts of an unknown state'
  | 'messages in'
  | 'messages for unknown numbers'
  | 'messages for other carriers'
  | 'deliveries not taken'
  | 'sessions ended';
