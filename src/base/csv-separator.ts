// The separator of a CSV file. Pure.

/**
 * Returns what stands between the names of the header: a comma, or what spreadsheets write in its place, a semicolon where
 * the comma is the decimal point and a tab in text files. For files whose columns have none of them in their names.
 */
export function csvSeparator(csv: string): ',' | ';' | '\t' {
  const [header = ''] = csv.trimStart().split(/[\r\n]/, 1);
  return ([';', '\t'] as const).find((separator) => header.includes(separator)) ?? ',';
}
