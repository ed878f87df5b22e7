// Which URLs of customers webhooks can be sent to. Pure.
import { readUrl } from '../base/read-url.ts';

/** The most characters of a URL. */
export const maxUrlLength = 2048;

/** Returns whether a webhook can be sent to a URL: http or https, short enough, and well formed. */
export function isCallableUrl(url: string): boolean {
  return url.length <= maxUrlLength && /^https?:\/\//i.test(url) && readUrl(url) !== undefined;
}
