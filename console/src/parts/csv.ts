// Rows as a file for spreadsheets. Pure.

type CsvValue = string | number | null;

/** Returns rows as CSV (RFC 4180), with a line of names. */
export const csvText = (names: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [names.join(','), ...rows.map((row) => row.map(fieldOf).join(','))].map((line) => `${line}\r\n`).join('');

/** Returns a field, in quotes where it must be. A leading sign that spreadsheets take for a formula gets an apostrophe. */
function fieldOf(value: CsvValue): string {
  const text = String(value ?? '').replace(/^([=+\-@])/, "'$1");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
