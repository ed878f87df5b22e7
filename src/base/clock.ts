// The source of time: a function that is passed as an argument, so that tests can set the time.

/** Returns the current time. */
export type Clock = () => Date;

/** Returns the time of the machine. */
export const systemClock: Clock = () => new Date();
