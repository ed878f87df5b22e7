// Our names for what is used of a campaign's limits, where messages are explained. An extension.
import { Type } from 'typebox';
import { isoMicroseconds } from '../http/schemas.ts';
import type { LimitedPace } from './pace-store.ts';
import { permit, usageOf } from './permits.ts';

const limit = Type.Union([Type.Integer(), Type.Null()]);

export const CampaignUse = Type.Object({
  campaign_id: Type.String(),
  segments_last_minute: Type.Integer(),
  segments_per_minute: limit,
  segments_today: Type.Integer({ description: 'Of all campaigns of its brand, Pacific time.' }),
  daily_segments: limit,
  day_ends_at: Type.String(),
});

export function campaignUseToWire(campaignId: string, { limits, pace }: LimitedPace, now: Date) {
  const { inMinute, ofDay, dayEndsAt } = usageOf(pace, now);
  return {
    campaign_id: campaignId,
    segments_last_minute: inMinute,
    segments_per_minute: limits.perMinute ?? null,
    segments_today: ofDay,
    daily_segments: limits.perDay ?? null,
    day_ends_at: isoMicroseconds(dayEndsAt),
  };
}

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
