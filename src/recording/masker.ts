// Replaces secrets, telephone numbers and the texts of messages in what is recorded, the same value always by the same one.
import { maskText } from './mask-text.ts';
import { makePlaceholders } from './placeholders.ts';
import type { RecordedBody } from './recorded-body.ts';

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

/** Masks the calls of one recording. */
export class Masker {
  readonly #placeholders = makePlaceholders();

  /** Returns a path with its query, masked. */
  target(target: string): string {
    const [path = '', ...query] = target.split('?');
    if (query.length === 0) return this.#general(path);
    const fields = new URLSearchParams(query.join('?'));
    const masked = [...fields].map(([name, one]): [string, string] => [name, this.#text(name, one)]);
    return `${this.#general(path)}?${new URLSearchParams(masked)}`;
  }

  /** Returns a body, masked. */
  body(body: RecordedBody): RecordedBody {
    if ('json' in body) return { json: this.#value('', body.json) };
    if ('form' in body) return { form: this.#value('', body.form) as typeof body.form };
    if ('text' in body) return { text: maskText(body.text) };
    return body;
  }

  /** Returns the value of a field, by its name. */
  #value(name: string, given: unknown): unknown {
    if (typeof given === 'string') return this.#text(name, given);
    if (typeof given === 'number') return this.#number(name, given);
    if (Array.isArray(given)) return given.map((item) => this.#value(name, item));
    if (typeof given !== 'object' || given === null) return given;
    const isOwner = 'cash_credits' in given;
    return Object.fromEntries(
      Object.entries(given).map(([key, item]) => [
        this.#general(key),
        isOwner && ownerNames.test(key) && typeof item === 'string'
          ? this.#placeholders.secret(item)
          : this.#value(key, item),
      ]),
    );
  }

  #number(name: string, given: number): unknown {
    if (secretNames.test(name)) return this.#placeholders.secret(String(given));
    const isNumber = numberNames.test(name) && Number.isSafeInteger(given) && given > 999_999;
    return isNumber ? Number(this.#placeholders.number(String(given))) : given;
  }

  #text(name: string, value: string): string {
    if (value === '') return value;
    if (secretNames.test(name)) return this.#placeholders.secret(value);
    if (textNames.test(name)) return maskText(value);
    if (time.test(value)) return value;
    if (!numberNames.test(name)) return this.#general(value);
    return value
      .split(/([<,])/)
      .map((part) => (writtenNumber.test(part) ? this.#placeholders.number(part) : this.#general(part)))
      .join('');
  }

  /** Returns a text whose field says nothing about it, with all that looks like a URL, an address, an id of an account or a number masked. */
  #general(value: string): string {
    const { url, secret, authId, number } = this.#placeholders;
    return value
      .replace(urls, url)
      .replace(emails, (address) => `${secret(address)}@masked.invalid`)
      .replace(authIds, authId)
      .replace(longNumbers, number);
  }
}
