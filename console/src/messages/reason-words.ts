// Why numbers of a pool were rejected, in words that fit one and many.

const words: Readonly<Record<string, string>> = {
  service: 'without this service',
  reach: "out of reach of the recipient's country",
  aside: 'set aside',
  unverified: 'toll-free and not verified by the carriers',
  unapproved: 'names that the operator has not approved',
  warming_up: 'warming up, with what they may send today sent',
  no_route: 'without a route to a carrier',
  self: 'the recipient itself',
  opted_out: 'opted out of by the recipient',
  sticky: 'behind the sticky sender of this recipient',
  draining: 'being drained',
  priority: 'of a kind that comes later by number priority',
  capacity: 'without capacity: their segments of the day are used up, or too few of their messages arrive',
  local_area_code: "not of the recipient's area code",
  local_region: "not of the recipient's state or province",
  country: "not of the recipient's country",
  least_busy: 'equal otherwise, but busier',
};

/** Returns the words for numbers that were rejected for a reason. An unknown reason is returned unchanged. */
export const reasonInWords = (reason: string): string => words[reason] ?? reason;
