// Arrays in PostgreSQL's text form. Most work of a batch is writing its columns, and the driver's own encoder takes five times as long.

/** Element types of the arrays in our statements. */
export type ArrayElement = string | number | boolean | Date | null | undefined;

/** Returns an SQL array of one dimension in PostgreSQL's text form (its manual, section 8.15.6); `undefined` is null. */
export function arrayText(elements: readonly ArrayElement[]): string {
  // Most columns of a batch have the same value in row after row.
  let last: ArrayElement;
  let text = elementText(last);
  const texts = elements.map((element) => {
    if (element === last) return text;
    last = element;
    text = elementText(element);
    return text;
  });
  return `{${texts.join(',')}}`;
}

function elementText(element: ArrayElement): string {
  if (typeof element === 'string') return quoted(element);
  if (element === null || element === undefined) return 'null';
  return element instanceof Date ? element.toISOString() : String(element);
}

const special = /["\\]/;

/** Returns an element in quotes, so that the text "null" is not a null and a comma does not divide. */
function quoted(text: string): string {
  // Two passes for plain texts take half as long as one for a pattern.
  return special.test(text) ? `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${text}"`;
}
