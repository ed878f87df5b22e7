// Priorities of messages. Pure.

/** Transactional messages go first from a number, bulk messages behind them. */
export const messagePriorities = ['transactional', 'bulk'] as const;
export type MessagePriority = (typeof messagePriorities)[number];
