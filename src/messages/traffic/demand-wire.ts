// Wire names of demand without a local member. Extensions.
import { Type } from 'typebox';
import { isoMicroseconds } from '../../http/schemas.ts';
import { type Demand, planSupply, type Supply } from './demand.ts';

const defaultDays = 7;
/** The most area codes that are listed. */
const maxListed = 400;

export const DemandInput = Type.Object({
  days: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 30,
      default: defaultDays,
      description: 'Days before now whose messages are counted.',
    }),
  ),
});

/** Returns the days that are asked for. */
export const daysFromWire = ({ days }: { readonly days?: number }): number => days ?? defaultDays;

const supplyFields = {
  to_add: Type.Integer({ description: 'Of these, numbers that the account has, in no pool.' }),
  to_rent: Type.Integer({ description: 'Of the others, numbers that are for sale.' }),
  lacking: Type.Integer({ description: 'Numbers that can be had in neither way.' }),
};

const DemandArea = Type.Object({
  area_code: Type.String(),
  country_iso2: Type.String(),
  region: Type.String({ description: 'State or province; empty outside of the US and Canada.' }),
  region_members: Type.Integer({ description: 'Members in the same state or province, which stand in.' }),
  messages: Type.Integer(),
  segments: Type.Integer(),
  busiest_day_segments: Type.Integer({ description: 'Of the UTC day with the most.' }),
  numbers: Type.Integer({
    description:
      'Numbers that the busiest day would have needed, by the daily segments of a long code; 1 where there is no such limit.',
  }),
  ...supplyFields,
});

export const DemandBody = Type.Object({
  from: Type.String(),
  complete: Type.Boolean({
    description: 'Whether every message is counted: at most the newest 100,000 of the account are.',
  }),
  complete_from: Type.String({ description: 'From when on every one is counted.' }),
  messages: Type.Integer({ description: 'Messages to area codes of the North American plan.' }),
  local_messages: Type.Integer({ description: 'Of them those to an area code that a member has.' }),
  missing_numbers: Type.Integer({ description: 'The sum of `numbers`.' }),
  ...supplyFields,
  areas: Type.Array(DemandArea, {
    description: `Area codes without a member, most messages first, at most ${maxListed}.`,
  }),
});

/** @param supplyOf returns the numbers of an area code that could be added. */
export function demandToWire(
  demand: Demand,
  from: Date,
  firstCountedAt: Date | undefined,
  supplyOf: (area: Demand['missing'][number]) => Supply,
) {
  const plans = demand.missing.map((area) => ({ area, plan: planSupply(area.numbers, supplyOf(area)) }));
  const sumOf = (part: 'add' | 'rent' | 'lacking') => plans.reduce((sum, { plan }) => sum + plan[part], 0);
  return {
    from: isoMicroseconds(from),
    complete: firstCountedAt === undefined,
    complete_from: isoMicroseconds(firstCountedAt ?? from),
    messages: demand.messages,
    local_messages: demand.localMessages,
    missing_numbers: demand.missing.reduce((sum, { numbers }) => sum + numbers, 0),
    to_add: sumOf('add'),
    to_rent: sumOf('rent'),
    lacking: sumOf('lacking'),
    areas: plans.slice(0, maxListed).map(({ area, plan }) => ({
      area_code: area.areaCode,
      country_iso2: area.countryIso2,
      region: area.region,
      region_members: area.regionMembers,
      messages: area.messages,
      segments: area.segments,
      busiest_day_segments: area.busiestDaySegments,
      numbers: area.numbers,
      to_add: plan.add,
      to_rent: plan.rent,
      lacking: plan.lacking,
    })),
  };
}
