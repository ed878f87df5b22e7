// Permits of campaigns, as dispatch uses them up: which message of a campaign may go now. Others cost it nothing.
import type { Timers } from '../../base/timers.ts';
import { obtainPermits } from '../../campaigns/pace-store.ts';
import { permitMs } from '../../campaigns/permits.ts';
import type { Db } from '../../db/db.ts';
import type { Job } from '../outbox/outbox-store.ts';
import { segmentsLeft } from './submission.ts';

/** The most messages of one campaign that are asked for at once. */
const maxAsked = 100;

/** Permits are asked for again after so long at the latest: a limit may be raised meanwhile. */
const maxWaitMs = 60_000;

interface Campaign {
  readonly accountId: string;
  readonly campaignId: string;
  /** Messages that a permit is wanted for, and their segments. */
  readonly wanted: Map<string, number>;
  /** Segments that are permitted and have not been used, and until when they may be: milliseconds. */
  permitted: number;
  goodUntil: number;
  /** Milliseconds; nothing is asked for before. */
  askAgainAt: number;
}

interface CampaignRoomParts {
  readonly db: Db;
  /** Of send slots. */
  readonly timers: Pick<Timers, 'now'>;
}

/** Gives permits of campaigns to jobs. All processes share what a campaign may send. */
export class CampaignRoom {
  readonly #parts: CampaignRoomParts;
  readonly #campaigns = new Map<string, Campaign>();

  constructor(parts: CampaignRoomParts) {
    this.#parts = parts;
  }

  /** Starts a round of dispatch: what is wanted is found out anew. */
  beginRound(): void {
    const now = this.#now();
    for (const [name, campaign] of this.#campaigns) {
      campaign.wanted.clear();
      if (campaign.goodUntil <= now && campaign.askAgainAt <= now) this.#campaigns.delete(name);
    }
  }

  /** Returns whether a job has no campaign, or a permit. One without is wanted from now on. */
  mayGo(job: Job): boolean {
    if (job.campaignId === undefined) return true;
    const campaign = this.#campaignOf(job, job.campaignId);
    const now = this.#now();
    if (campaign.goodUntil > now && campaign.permitted >= segmentsLeft(job)) return true;
    if (campaign.wanted.size < maxAsked) campaign.wanted.set(job.messageId, segmentsLeft(job));
    return false;
  }

  /** Takes the permit of a job that goes. */
  take(job: Job): void {
    if (job.campaignId !== undefined) this.#campaignOf(job, job.campaignId).permitted -= segmentsLeft(job);
  }

  /** Asks for the permits that are wanted, where it is time. Returns whether there are new ones. */
  async ask(): Promise<boolean> {
    const { db, timers } = this.#parts;
    const now = timers.now();
    const asking = [...this.#campaigns.values()].filter(
      ({ wanted, askAgainAt }) => wanted.size > 0 && askAgainAt <= now.getTime(),
    );
    if (asking.length === 0) return false;
    const requests = asking.map(({ accountId, campaignId, wanted }) => ({
      accountId,
      campaignId,
      sizes: [...wanted.values()],
    }));
    const permissions = await obtainPermits(db, requests, now);
    for (const [index, campaign] of asking.entries()) {
      const permission = permissions[index];
      campaign.goodUntil = now.getTime() + permitMs;
      // A campaign that is gone holds nothing up.
      campaign.permitted = permission === undefined ? Number.POSITIVE_INFINITY : permission.segments;
      campaign.askAgainAt = Math.min(permission?.askAgainAt ?? 0, now.getTime() + maxWaitMs);
    }
    return asking.some(({ permitted }) => permitted > 0);
  }

  /** Returns when permits are to be asked for again, in milliseconds; `undefined` while none is waited for. */
  nextAt(): number | undefined {
    const waiting = [...this.#campaigns.values()].filter(({ wanted }) => wanted.size > 0);
    return waiting.length === 0 ? undefined : Math.min(...waiting.map(({ askAgainAt }) => askAgainAt));
  }

  #campaignOf({ accountId }: Job, campaignId: string): Campaign {
    const name = `${accountId} ${campaignId}`;
    let campaign = this.#campaigns.get(name);
    if (campaign === undefined) {
      campaign = { accountId, campaignId, wanted: new Map(), permitted: 0, goodUntil: 0, askAgainAt: 0 };
      this.#campaigns.set(name, campaign);
    }
    return campaign;
  }

  #now(): number {
    return this.#parts.timers.now().getTime();
  }
}
