// Priorities of messages. Pure.

/** What goes first from a number, and what goes behind it. */
export const messagePriorities = ['transactional', 'bulk'] as const;
export type MessagePriority = (typeof messagePriorities)[number];
