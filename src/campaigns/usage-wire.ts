// Our names for the use of a campaign's limits. Extensions.
import { Type } from 'typebox';
import { isoMicroseconds } from '../http/schemas.ts';
import type { LimitedPace } from './pace-store.ts';
import { permit, usageOf } from './permits.ts';
import { nullableInteger } from './registry-wire.ts';

export const CampaignUsage = Type.Object(
  {
    segments_last_minute: Type.Integer(),
    segments_today: Type.Integer({ description: 'Of all campaigns of its brand, Pacific time.' }),
    daily_segments: nullableInteger,
    day_ends_at: Type.String(),
  },
  { description: 'Extension: what is used of the limits.' },
);

export function usageToWire({ limits, pace }: LimitedPace, now: Date) {
  const { inMinute, ofDay, dayEndsAt } = usageOf(pace, now);
  return {
    segments_last_minute: inMinute,
    segments_today: ofDay,
    daily_segments: limits.perDay ?? null,
    day_ends_at: isoMicroseconds(dayEndsAt),
  };
}

/** The campaign of a message, where that is explained. */
export const MessageCampaign = Type.Object({
  campaign_id: Type.String(),
  segments_per_minute: nullableInteger,
  ...CampaignUsage.properties,
});

export const messageCampaignToWire = (campaignId: string, paced: LimitedPace, now: Date) => ({
  campaign_id: campaignId,
  segments_per_minute: paced.limits.perMinute ?? null,
  ...usageToWire(paced, now),
});

/** Returns why a message of so many segments does not go for its campaign now; `undefined` when it may. */
export function waitForCampaign(
  { limits, pace }: LimitedPace,
  segments: number,
  now: Date,
): string | undefined {
  const { askAgainAt } = permit(pace, limits, [segments], now.getTime());
  if (askAgainAt === undefined) return undefined;
  const { inMinute, ofDay, dayEndsAt } = usageOf(pace, now);
  if (askAgainAt === dayEndsAt.getTime()) {
    return `its brand has sent ${ofDay} of the ${limits.perDay} segments of the day, which ends at ${isoMicroseconds(dayEndsAt)}`;
  }
  return `its campaign has sent ${inMinute} of the ${limits.perMinute} segments of a minute`;
}
