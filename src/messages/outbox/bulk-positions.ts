// Positions by priority: bulk messages stand behind all others of their sender queue. Pure.

/** The positions of bulk messages in a sender queue begin here: 2 to the power of 40, which no other position reaches. */
export const bulkPositions = 2 ** 40;

/** Returns whether a position is that of a bulk message. */
export const isBulkPosition = (position: number): boolean => position >= bulkPositions;

/** Returns a position in the order in which messages were accepted, whatever their priority. */
export const ordinalOf = (position: number): number => position % bulkPositions;
