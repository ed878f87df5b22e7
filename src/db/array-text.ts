// Arrays as PostgreSQL reads them: half the work of a batch is writing its columns, and the driver's own encoder takes five times as long.

/** What the arrays of our statements hold. */
export type ArrayElement = string | number | boolean | Date | null | undefined;

/** An SQL array of one dimension in PostgreSQL's text form (its manual, section 8.15.6); `undefined` is null. */
export function arrayText(elements: readonly ArrayElement[]): string {
  let text = '';
  for (const element of elements) text += text === '' ? elementText(element) : `,${elementText(element)}`;
  return `{${text}}`;
}

function elementText(element: ArrayElement): string {
  if (typeof element === 'string') return quoted(element);
  if (element === null || element === undefined) return 'null';
  return element instanceof Date ? element.toISOString() : String(element);
}

const special = /["\\]/;

/** Everything is quoted: so the text "null" is not a null, and no comma divides. */
function quoted(text: string): string {
  return special.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`;
}
