// The browsable reference: one page of plain HTML, made from the description, that needs no script.
import { errorKinds } from '../../base/errors.ts';
import type { ApiDescription, Operation, Parameter, Tag } from './description.ts';
import { type Html, html, paragraphs } from './html.ts';
import { type JsonSchema, referredName } from './published-schema.ts';
import { curlCall } from './reference-call.ts';
import { fieldList, schemaLink } from './reference-fields.ts';

const failures = Object.values(errorKinds).toSorted((one, other) => one.status - other.status);

/** Stands on the page for the server's address, which depends on who reads it. */
export const serverPlaceholder = '{server}';

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Returns the page, with `serverPlaceholder` for the server's address. `style` is put into it, so that it is complete in itself, even when saved. */
export function renderReference(description: ApiDescription, style: string, descriptionUrl: string): string {
  const { info, tags, paths } = description;
  const entries = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]): Entry => ({ method: method.toUpperCase(), path, operation }),
    ),
  );
  const sections = tags.map((tag) => ({
    tag,
    entries: entries.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const objects = linkedSchemas(entries, description);
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} API reference</title>
<style>${{ html: style }}</style>
<nav aria-label="Contents">
<a class="title" href="#top">${info.title} <small>${info.version}</small></a>
${sections.map(({ tag, entries }) => navigation(tag, entries))}
<h2><a href="#errors">Errors</a></h2>
<h2><a href="#objects">Objects</a></h2>
</nav>
<main id="top">
<header class="pair">
<div><h1>${info.title} API</h1>${paragraphs(info.description)}
<p>The same as <a href="${descriptionUrl}">OpenAPI 3.1</a>, for tools.</p></div>
<div class="samples">${sampleBox('Before the samples below', preparation)}</div>
</header>
${sections.map(({ tag, entries }) => section(tag, entries, description))}
<section id="errors"><h2>Errors</h2>
<p>An error is a JSON object with an <code>api_id</code> and one sentence in <code>error</code>: these, or better ones. 500 and 503 are faults of the server.</p>
<table>${failures.map(
    ({ status, sentence }) => html`<tr><th>${status}</th><td>${sentence}</td></tr>\n`,
  )}</table></section>
<section id="objects"><h2>Objects</h2>
${objects.map(
  ([name, schema]) =>
    html`<article id="schema-${name}"><h3>${name}</h3>${fieldList(Object.entries(schema.properties ?? {}), [])}</article>`,
)}</section>
</main>
</html>
`;
  return page.html;
}

function navigation(tag: Tag, entries: readonly Entry[]): Html {
  return html`<h2><a href="#${tag.name}">${tag.name}</a></h2>
<ul>${entries.map(
    ({ method, operation }) =>
      html`<li><a href="#${operation.operationId}"><span class="verb ${method}">${method === 'DELETE' ? 'DEL' : method}</span>${operation.summary}</a></li>\n`,
  )}</ul>
`;
}

function section(tag: Tag, entries: readonly Entry[], description: ApiDescription): Html {
  return html`<section id="${tag.name}"><h2>${tag.name}</h2><p>${tag.description}</p>
${entries.map((entry) => article(entry, description))}</section>
`;
}

function article({ method, path, operation }: Entry, description: ApiDescription): Html {
  const { operationId, summary, parameters = [] } = operation;
  const content = operation.requestBody?.content;
  const body = content?.['application/json'];
  const form =
    content !== undefined && 'multipart/form-data' in content ? content['multipart/form-data'] : undefined;
  const given = body ?? form;
  const bodySchema = given === undefined ? undefined : resolve(given.schema, description);
  const steps = path.split(/(\{\w+\})/).map((step) => (step.startsWith('{') ? html`<i>${step}</i>` : step));
  return html`<article id="${operationId}" class="pair">
<div>
<h3><a href="#${operationId}">${summary}</a>${operation['x-extension'] ? html` <small class="badge">extension</small>` : undefined}</h3>
<p class="call"><span class="verb ${method}">${method}</span> <code>${steps}</code></p>
${operation.description === undefined ? undefined : paragraphs(operation.description)}
${parameterList('In the path', parameters, 'path')}
${parameterList('In the query', parameters, 'query')}
${bodySchema === undefined ? undefined : html`<h4>${form === undefined ? 'Body' : 'Form'}</h4>${fieldList(Object.entries(bodySchema.properties ?? {}), bodySchema.required ?? [])}`}
<h4>Answers</h4>
${answers(operation)}
</div>
<div class="samples">
${sampleBox('Request', curlCall(method, path, body?.example, form?.schema.required?.[0]))}
${Object.entries(operation.responses).map(([status, response]) => {
  const example = 'content' in response ? response.content?.['application/json']?.example : undefined;
  return example === undefined ? undefined : sampleBox(`Answer ${status}`, JSON.stringify(example, null, 2));
})}
</div>
</article>
`;
}

function parameterList(
  title: string,
  parameters: readonly Parameter[],
  place: Parameter['in'],
): Html | undefined {
  // The account is in every path; the introduction describes it.
  const listed = parameters.filter((parameter) => parameter.in === place && parameter.name !== 'auth_id');
  if (listed.length === 0) return undefined;
  const fields = listed.map(({ name, description, schema }): [string, JsonSchema] => [
    name,
    { ...schema, ...(description === undefined ? {} : { description }) },
  ]);
  const required = listed
    .filter((parameter) => place === 'query' && parameter.required)
    .map(({ name }) => name);
  return html`<h4>${title}</h4>${fieldList(fields, required)}`;
}

/** Returns the answers of an operation, then the statuses of its errors on one line. */
function answers({ responses }: Operation): Html {
  const own = Object.entries(responses).filter(([, response]) => !('$ref' in response));
  const failed = Object.keys(responses).filter((status) => Number(status) >= 400);
  return html`<ul class="answers">${own.map(([status, response]) => {
    const content = 'content' in response ? response.content : undefined;
    if (content !== undefined && 'text/event-stream' in content) {
      const events = Object.values(content['text/event-stream']['x-events']);
      return html`<li><b>${status}</b> a stream of ${events.map(({ $ref = '' }) => html`${schemaLink($ref)} `)}</li>`;
    }
    const schema = content?.['application/json'].schema;
    return html`<li><b>${status}</b> ${schema === undefined ? 'without a body' : answerText(schema)}</li>`;
  })}<li>${failed.map((status) => html`<a class="status" href="#errors">${status}</a> `)}</li></ul>`;
}

function answerText({ allOf = [] }: JsonSchema): Html | string {
  const [, body] = allOf;
  const items = body?.properties?.objects?.items;
  if (items?.$ref !== undefined) return html`a page of ${schemaLink(items.$ref)}`;
  return body?.$ref === undefined ? 'an object' : schemaLink(body.$ref);
}

/**
 * Returns the named schemas of answers, those within bodies, and those within them, by name. Bodies are shown with their
 * operations.
 */
function linkedSchemas(entries: readonly Entry[], description: ApiDescription): [string, JsonSchema][] {
  const { schemas } = description.components;
  const named = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (named.has(name)) continue;
      named.add(name);
      visit(schemas[name]);
    }
  };
  visit(entries.map(({ operation }) => operation.responses));
  const bodies = entries.map(({ operation }) => operation.requestBody?.content['application/json']?.schema);
  for (const body of bodies) if (body !== undefined) visit(resolve(body, description));
  return Object.entries(schemas).filter(([name]) => named.has(name));
}

function resolve(schema: JsonSchema, { components }: ApiDescription): JsonSchema {
  if (schema.$ref === undefined) return schema;
  return components.schemas[referredName(schema.$ref)] ?? schema;
}

const preparation = [
  `export RUCKSACK_URL=${serverPlaceholder}`,
  'export PLIVO_AUTH_ID=MA…',
  'export PLIVO_AUTH_TOKEN=…',
].join('\n');

function sampleBox(title: string, text: string): Html {
  return html`<figure><figcaption>${title}</figcaption><pre tabindex="0">${text}</pre></figure>`;
}
