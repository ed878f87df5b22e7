// Where the time comes from: one function, handed to whoever needs it, so that tests can turn it by hand.

/** The present moment. */
export type Clock = () => Date;

/** The machine's own time. */
export const systemClock: Clock = () => new Date();
