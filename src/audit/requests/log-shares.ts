// How many requests are logged: a share for each account and minute, so that one that asks much neither fills the table nor keeps others out. Pure.

/** Requests that are logged in a minute. */
export const sharesPerMinute = {
  /** Of all together. */
  all: 6000,
  /** Of one account, and of strangers together: requests whose credentials were refused. */
  each: 600,
  /** Of these, reads that were answered: refusals and changes have the rest for themselves. */
  reads: 400,
} as const;

const minuteMs = 60_000;

interface Share {
  logged: number;
  reads: number;
}

/** Counts the requests of the running minute. */
export class LogShares {
  #minute = 0;
  #logged = 0;
  readonly #shares = new Map<string, Share>();

  /** Takes a place in the log, and returns whether there was one. `callerId` is undefined for strangers. */
  take(callerId: string | undefined, isRead: boolean, nowMs: number): boolean {
    const minute = Math.floor(nowMs / minuteMs);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#logged = 0;
      this.#shares.clear();
    }
    const name = callerId ?? '';
    const share = this.#shares.get(name) ?? { logged: 0, reads: 0 };
    const { all, each, reads } = sharesPerMinute;
    if (this.#logged >= all || share.logged >= each || (isRead && share.reads >= reads)) return false;
    this.#logged += 1;
    share.logged += 1;
    if (isRead) share.reads += 1;
    this.#shares.set(name, share);
    return true;
  }
}
