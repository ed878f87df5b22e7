// The names under which an SMSC may have taken the message that its receipt names otherwise (carriers.md section 4.7). Pure.

/**
 * How names in receipts differ from those in submit_sm_resp: not at all; hexadecimal there and decimal in the receipt; the other way round;
 * by zeros in front and by case.
 */
export const nameRules = ['text', 'hex-decimal', 'decimal-hex', 'numeric'] as const;
export type NameRule = (typeof nameRules)[number];

/** Appendix B gives names ten digits, and SMSCs that write hexadecimal numbers eight. */
const paddings = [8, 10];

/** Longer names are no numbers: 64 bits have 20 digits. */
const maxDigits = 20;

const forms: Readonly<Record<NameRule, (id: string) => string[]>> = {
  text: (id) => [id],
  'hex-decimal': (id) => (/^\d+$/.test(id) ? inBothCases(BigInt(id).toString(16)) : []),
  'decimal-hex': (id) => (/^[0-9a-f]+$/i.test(id) ? padded(BigInt(`0x${id}`).toString()) : []),
  numeric: (id) => inBothCases(id.replace(/^0+(?=.)/, '')),
};

/** Returns the names that one rule makes of a receipt's `id`, the likeliest first. */
export function namesBy(rule: NameRule, id: string): readonly string[] {
  return rule !== 'text' && id.length > maxDigits ? [] : forms[rule](id);
}

/** Returns the names that the rules, in their order, make of a receipt's `ids`, each once. */
export function candidateNames(ids: readonly string[], rules: readonly NameRule[]): string[] {
  return [...new Set(rules.flatMap((rule) => ids.flatMap((id) => namesBy(rule, id))))];
}

function inBothCases(name: string): string[] {
  return [name.toLowerCase(), name.toUpperCase()].flatMap(padded);
}

function padded(name: string): string[] {
  return [name, ...paddings.map((length) => name.padStart(length, '0'))];
}
