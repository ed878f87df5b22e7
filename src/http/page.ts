// Lists: the parameters that choose a page and the envelope around it (wire-control-plane 4.2).
import { type Static, type TSchema, Type } from 'typebox';
import type { Answer } from './endpoint.ts';

const maxPageSize = 20;

/** Parameters of every list. `limit` above 20 is taken as 20, as the vendor's maximum (wire-control-plane 3.9). */
export const pageParameters = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      default: maxPageSize,
      description: 'Objects per page; more than 20 counts as 20.',
    }),
  ),
  offset: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, default: 0, description: 'Objects to skip.' }),
  ),
};

/** Input of a list with no parameters besides the page. */
export const PageInput = Type.Object(pageParameters);
export type PageFields = Static<typeof PageInput>;

export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
}

/** Returns the requested page, with defaults filled in and the limit clamped. */
export function pageOf(input: PageFields): PageRequest {
  return { limit: Math.min(input.limit ?? maxPageSize, maxPageSize), offset: input.offset ?? 0 };
}

const link = Type.Union([Type.String(), Type.Null()]);

/** The facts of a page in a list's answer. */
export const PageMeta = Type.Object({
  limit: Type.Integer(),
  next: link,
  offset: Type.Integer(),
  previous: link,
  total_count: Type.Integer(),
});

/** Returns the schema of `pageAnswer`; `beside` are the schemas of fields beside the list. */
export function listSchema(item: TSchema, beside: Readonly<Record<string, TSchema>> = {}) {
  return Type.Object({ meta: PageMeta, objects: Type.Array(item), ...beside });
}

/** Returns the schema of `uncountedPageAnswer`. */
export function uncountedListSchema(item: TSchema) {
  return Type.Object({
    meta: Type.Object({ limit: Type.Integer(), next: link, offset: Type.Integer(), previous: link }),
    objects: Type.Array(item),
  });
}

/**
 * Returns the answer of a list. `path` is the list's own path from the root; `filters` are the parameters, besides the page,
 * that `next` and `previous` must repeat.
 */
export function pageAnswer(
  path: string,
  page: PageRequest,
  filters: object,
  totalCount: number,
  objects: object[],
): Answer {
  return { status: 200, body: { meta: pageMeta(path, page, filters, totalCount), objects } };
}

/** Returns the facts of a page, for lists whose objects have another name; the arguments are those of `pageAnswer`. */
export function pageMeta(path: string, page: PageRequest, filters: object, totalCount: number) {
  const { limit, offset } = page;
  const { next, previous } = linksOf(path, page, filters, offset + limit < totalCount);
  return { limit, next, offset, previous, total_count: totalCount };
}

/** Returns the answer of a list that is too long to be counted: it only says whether there is a next page. */
export function uncountedPageAnswer(
  path: string,
  page: PageRequest,
  filters: object,
  hasMore: boolean,
  objects: object[],
): Answer {
  const meta = { limit: page.limit, offset: page.offset, ...linksOf(path, page, filters, hasMore) };
  return { status: 200, body: { meta, objects } };
}

/** Returns the links to the next and previous page, `null` where there is none; the arguments are those of `pageAnswer`. */
function linksOf(
  path: string,
  { limit, offset }: PageRequest,
  filters: object,
  hasMore: boolean,
): { readonly next: string | null; readonly previous: string | null } {
  const link = (at: number): string => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filters)) {
      if (value !== undefined && name !== 'limit' && name !== 'offset') query.set(name, String(value));
    }
    query.set('limit', String(limit));
    query.set('offset', String(at));
    return `${path}?${query}`;
  };
  return {
    next: hasMore ? link(offset + limit) : null,
    previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
  };
}
