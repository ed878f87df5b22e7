// Which URLs of customers can be called. Pure.

/** The longest URL that is taken, in characters. */
export const maxUrlLength = 2048;

/** Whether something can be called at a URL at all: http or https, short enough, and one that can be taken apart. */
export function isCallableUrl(url: string): boolean {
  return url.length <= maxUrlLength && /^https?:\/\//i.test(url) && URL.canParse(url);
}
