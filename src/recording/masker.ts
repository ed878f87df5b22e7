// Replaces secrets, telephone numbers and the texts of messages in what is recorded, the same value always by the same one.
import { maskText } from './mask-text.ts';
import { makeNumberMask } from './masked-numbers.ts';
import type { RecordedBody } from './recorded-body.ts';

export interface Masker {
  /** Returns a path with its query, masked. */
  target(target: string): string;
  /** Returns a body, masked. */
  body(body: RecordedBody): RecordedBody;
}

const secretNames = /token|secret|password|passwd|api_?key|authorization|credential/i;
const textNames = /^(text|body|message_text|template)$/i;
const numberNames =
  /^(src|dst|from|to|number|numbers|from_number|to_number|destination|source|contact|caller_id)$/i;
/** Details of the account's owner, beside its balance. */
const ownerNames = /^(name|address|city|state|timezone|cash_credits|email|zip_?code)$/;

const authIds = /\b[MS]A[A-Z0-9]{18}\b/g;
const urls = /\bhttps?:\/\/[^\s"'<>]+/gi;
const emails = /[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+/g;
/** Ten digits and more, also with separators between them; not within an id or a longer number. */
const longNumbers = /(?<![\w.-])\+?\d(?:[ ().-]{0,2}\d){9,14}(?![\w-]|\.\d)/g;
const writtenNumber = /^\+?[\d\s().-]{7,}$/;
const time = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Makes a masker for one recording: what it hands out stands for one value each. */
export function makeMasker(): Masker {
  const maskDigits = makeNumberMask();
  const placeholders = new Map<string, string>();

  const placeholder = (kind: string, value: string, write: (count: string) => string): string => {
    const key = `${kind} ${value}`;
    const known = placeholders.get(key);
    if (known !== undefined) return known;
    const made = write(String(placeholders.size + 1));
    placeholders.set(key, made);
    return made;
  };
  const secret = (value: string) => placeholder('secret', value, (count) => `masked-${count}`);
  const authId = (id: string) =>
    placeholder('account', id, (count) => `${id.slice(0, 2)}MASKED${count.padStart(12, '0')}`);
  /** Returns an address where nothing listens, and for which no name is looked up: a replay makes no callbacks. */
  const url = (address: string) =>
    placeholder('url', address, (count) => `http://127.0.0.1:9/masked-${count}`);
  const number = (written: string) => {
    const digits = written.replace(/\D/g, '');
    return `${written.trimStart().startsWith('+') ? '+' : ''}${maskDigits(digits)}`;
  };

  const text = (name: string, value: string): string => {
    if (value === '') return value;
    if (secretNames.test(name)) return secret(value);
    if (textNames.test(name)) return maskText(value);
    if (time.test(value)) return value;
    if (numberNames.test(name)) {
      return value
        .split(/([<,])/)
        .map((part) => (writtenNumber.test(part) ? number(part) : general(part)))
        .join('');
    }
    return general(value);
  };
  const general = (value: string): string =>
    value
      .replace(urls, url)
      .replace(emails, (address) => `${secret(address)}@masked.invalid`)
      .replace(authIds, authId)
      .replace(longNumbers, number);

  const value = (name: string, given: unknown): unknown => {
    if (typeof given === 'string') return text(name, given);
    if (typeof given === 'number' && secretNames.test(name)) return secret(String(given));
    if (
      typeof given === 'number' &&
      numberNames.test(name) &&
      Number.isSafeInteger(given) &&
      given > 999_999
    ) {
      return Number(maskDigits(String(given)));
    }
    if (Array.isArray(given)) return given.map((item) => value(name, item));
    if (typeof given !== 'object' || given === null) return given;
    const isOwner = 'cash_credits' in given;
    return Object.fromEntries(
      Object.entries(given).map(([key, item]) => [
        general(key),
        isOwner && ownerNames.test(key) && typeof item === 'string' ? secret(item) : value(key, item),
      ]),
    );
  };

  return {
    target(target) {
      const [path = '', ...query] = target.split('?');
      if (query.length === 0) return general(path);
      const fields = new URLSearchParams(query.join('?'));
      const masked = [...fields].map(([name, one]): [string, string] => [name, text(name, one)]);
      return `${general(path)}?${new URLSearchParams(masked)}`;
    },
    body(body) {
      if ('json' in body) return { json: value('', body.json) };
      if ('form' in body) return { form: value('', body.form) as typeof body.form };
      if ('text' in body) return { text: maskText(body.text) };
      return body;
    },
  };
}
