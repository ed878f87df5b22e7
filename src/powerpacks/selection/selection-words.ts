// Rules and reasons of the choice of a sender, in words.
import type { Reason, Rule } from './reason.ts';

/** Why the sender was chosen. */
export const ruleInWords: Readonly<Record<Rule, string>> = {
  sticky: 'it is the sticky sender of this destination',
  only_member: 'no other member could send this',
  priority: 'its kind comes first by number priority, or as a name by `alphanumeric_first`',
  local_area_code: 'it has the area code of the destination',
  local_region: 'it is of the state or province of the destination',
  country: 'it is of the country of the destination',
  least_busy:
    'of equal members it is the least busy one: by when it is free, then by what it has sent today, then by its number',
};

/** Why another member was not chosen. */
export const reasonInWords: Readonly<Record<Reason, string>> = {
  service: 'it does not carry this service',
  reach: 'it does not reach the country of the destination',
  aside: 'it was set aside',
  unverified: 'it is a toll-free number that its carriers have not verified',
  unapproved: 'it is a name that the operator has not approved',
  warming_up: 'it is warming up, and has sent what it may today',
  no_route: 'no route leads it to a carrier',
  self: 'it is the destination itself',
  opted_out: 'the destination opted out of it',
  sticky: 'another member is the sticky sender of this destination',
  draining: 'it is being drained, and gets no new recipients',
  priority: 'its kind comes later by number priority',
  capacity: 'it has no capacity left: its segments of the day are used up, or too few of its messages arrive',
  local_area_code: 'the sender has the area code of the destination',
  local_region: 'the sender is of the state or province of the destination',
  country: 'the sender is of the country of the destination',
  least_busy:
    'the sender is less busy: by when it is free, then by what it has sent today, then by its number',
};
