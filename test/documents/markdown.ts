// Pieces of Markdown that are written by program.

/** Returns a table, with a line break at its end. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/**
 * Returns a document with the part between `<!-- name:begin … -->` and `<!-- name:end -->` replaced.
 * Throws when the document has no such part.
 */
export function replacePart(document: string, name: string, part: string): string {
  const [, before, , after] =
    new RegExp(`^(.*<!-- ${name}:begin[^>]*-->\n)(.*)(<!-- ${name}:end -->.*)$`, 's').exec(document) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The document has no part ${name}.`);
  return `${before}${part}${after}`;
}
