// Turns the request targets of real SDKs into the one form that the route list has. Pure.

/**
 * Changes a raw request target (`/path?query`) before it is routed, because a redirect would lose the body or the credentials
 * in most SDKs (sdk-reactions, "Paths"):
 * - slashes at the end of the path are ignored, however many;
 * - a last segment that begins with `&` is a query that lost its `?` (Node: `…/Shortcode/444444/&service=sms`);
 * - a doubled slash after the account id comes from a base URL that ended in a slash (Node).
 * Other doubled slashes inside a path stay, and so match no route: PHP and .NET send those by mistake.
 */
export function normaliseTarget(target: string): string {
  const mark = target.indexOf('?');
  let path = mark === -1 ? target : target.slice(0, mark);
  let query = mark === -1 ? '' : target.slice(mark + 1);

  const lastSegment = path.lastIndexOf('/') + 1;
  if (path[lastSegment] === '&') {
    query = query === '' ? path.slice(lastSegment) : `${path.slice(lastSegment)}&${query}`;
    path = path.slice(0, lastSegment);
  }
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  path = path.slice(0, end).replace(/^(\/v1\/Account\/[^/]+)\/\/(?=[^/])/, '$1/');
  return query === '' ? path : `${path}?${query}`;
}
