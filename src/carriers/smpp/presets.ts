// Defaults for SMSCs of known vendors: keys of an SMPP carrier's entry, as they are written there. Pure.

type Preset = Readonly<Record<string, unknown>>;

export const smppPresets: Readonly<Record<string, Preset>> = {
  /** help.nexmo.com: 30 messages a second, error codes of its own, deliver_sm again after 0x14. */
  vonage: {
    rate: 30,
    receipt_errors: { '2': 80, '3': 70, '4': 70, '6': 30, '7': 80, '8': 20 },
  },
  /** Sinch has a port per alphabet (8000 GSM, 9000 Latin-1), a window of 10 and three sessions. */
  'sinch-gsm': { window: 10, alphabet: 'gsm' },
  'sinch-latin1': { window: 10, alphabet: 'latin1', latin1_coding: 0 },
  /** Answers 0xff where the account has no balance, 0x22 where there is no route. */
  infobip: { statuses: { '0x22': 'no_route', '0xff': 'no_credit' } },
  /** TLS 1.2, an enquire_link a minute; the code 1 is a subscriber that is away. */
  twilio: { tls: {}, enquire_link_seconds: 60, receipt_errors: { '1': 80 } },
  /**
   * Kannel's opensmppbox names messages by UUIDs, the same everywhere, and its receipts have the addresses of the message as it was submitted. Parts with a
   * header of 8 bits it joins without regard to repetitions, and loses the message when one comes again: it gets texts whole.
   */
  kannel: { message_ids: 'text', receipt_addresses: 'kept', long: 'payload' },
  /** Jasmin names messages in 36 characters, the same everywhere; its receipts have none of `sub`, `dlvrd` and `text`. */
  jasmin: { message_ids: 'text' },
};

/** Returns an entry with the keys of the preset that it names behind its own; an unknown preset is left for the schema to refuse. */
export function withSmppPreset(entry: object): object {
  const preset =
    'preset' in entry && typeof entry.preset === 'string' ? smppPresets[entry.preset] : undefined;
  return { ...preset, ...entry };
}
