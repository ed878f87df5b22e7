// Why numbers of a pool were passed over, in words for many of them at once.

const words: Readonly<Record<string, string>> = {
  service: 'do not carry this service',
  reach: "do not reach the recipient's country",
  opted_out: 'have been opted out of by the recipient',
  sticky: 'gave way to the sticky sender of this recipient',
  priority: 'are of a kind that comes later by number priority',
  capacity:
    'have no capacity left: their segments of the day are used up, or too few of their messages arrive',
  local_area_code: "are not of the recipient's area code",
  local_region: "are not of the recipient's state or province",
  country: "are not of the recipient's country",
  balance: 'were equal, but are free later, have sent more today, or have a higher number',
};

/** What is said of numbers that a reason put aside. A reason that is unknown here is said as it is. */
export const reasonInWords = (reason: string): string => words[reason] ?? `were put aside: ${reason}`;
