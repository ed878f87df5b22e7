// Names as senders: how they are written, and which countries take them. Pure.

/**
 * The pattern of a name. The address of a message has room for eleven characters of seven bits (3GPP TS 23.040 section 9.1.2.5), here of
 * those that the GSM alphabet (3GPP TS 23.038) and ASCII share at one septet and that handsets and carriers show: letters, digits, and
 * space, `&`, `+`, `-`, `.`, `_` between them. A name has a letter: digits alone are a number.
 */
export const namePattern = '^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9 &+._-]{0,9}[A-Za-z0-9])?$';

const name = new RegExp(namePattern);

/** Returns whether a text can be the name of a sender. */
export const isAlphanumericName = (text: string): boolean => name.test(text);

/**
 * How countries take names: without registration, once the name is registered there, or never. After Amazon's "Supported countries and
 * regions (SMS channel)", column "Supports Sender IDs" (github.com/awsdocs/amazon-pinpoint-user-guide, doc-source/channels-sms-countries.md,
 * commit 031a8b0, 2023). Where a later source asks for registration, that counts: Amazon's "Registration forms" (docs.aws.amazon.com/sms-voice,
 * read in November 2026) for AU, AT, FI, ID, IE, KZ, KE, SG and ES, and its tables of Asia and Africa for BD, KH and CM; the vendor's "Messaging compliance" for GB; Pushtech's
 * "Sender ID regulations" for AF and AM; RingRing's overview for HK. Left out are countries under +1, which never take names here. A country that is
 * not listed is unknown, and treated as one that needs registration. Rules change: the operator's setting goes first.
 */
const rules: Readonly<Record<'free' | 'registered' | 'never', string>> = {
  free:
    'AD AL AO AW AZ BA BF BG BH BI BN BO BT BW BZ CD CF CH CI CK CV CY CZ DE DJ DK DZ EE ER ET FJ FO FR ' +
    'GA GE GF GG GH GI GL GM GN GP GQ GR GW GY HN HR HT IL IM IQ IS IT JE JP KG KM LA LB LI LS LT LU LV ' +
    'LY MA MD ME MG MK ML MM MN MO MQ MR MT MU MV MW NA NC NE NG NL NO NP NU OM PA PF PG PK PL PS PT RE ' +
    'RO RS RW SB SC SE SI SK SL SM SN SO SR SS ST SZ TD TG TJ TL TN TO TW TZ UA UG UZ VU WS YE YT ZM ZW',
  registered: 'AE AF AM AT AU BD BY CM EG ES FI GB HK ID IE IN JO KE KH KW KZ LK PH QA RU SA SG TH TR VN',
  never: 'AR BE BR CG CL CN CO CR EC FM GT HU KR LR MC MH MX MY MZ NI NZ PE PY SV TM UY VE ZA',
};

/** How a country takes names. */
type NameRule = keyof typeof rules | 'unknown';

const ruleOf = new Map(
  (Object.keys(rules) as (keyof typeof rules)[]).flatMap((rule) =>
    rules[rule].split(' ').map((country): [string, NameRule] => [country, rule]),
  ),
);

/** Returns how a country takes names, as far as it is known. */
export const nameRuleOf = (countryIso2: string): NameRule => ruleOf.get(countryIso2) ?? 'unknown';

/** A place that a message goes to. */
interface NamedTo {
  /** E.164 digits. */
  readonly number: string;
  readonly countryIso2: string;
}

/**
 * Returns whether a name may send to a number: its country takes names without registration, or the operator allows it. Numbers under +1
 * never take names, whatever is allowed: networks of the US and Canada refuse or replace them.
 */
export function takesNames({ number, countryIso2 }: NamedTo, allowed: ReadonlySet<string>): boolean {
  if (number.startsWith('1')) return false;
  return allowed.has(countryIso2) || nameRuleOf(countryIso2) === 'free';
}
