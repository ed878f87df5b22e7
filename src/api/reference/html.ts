// Writes HTML in which every inserted text is escaped.

/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

/** Values that may be inserted: texts are escaped, HTML is not, lists are joined, `undefined` is nothing. */
type Insertion = string | number | Html | undefined | readonly Insertion[];

/** Returns HTML from a tagged template: `html`<p>${text}</p>``. */
export function html(parts: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  return { html: parts.reduce((before, part, index) => before + insert(insertions[index - 1]) + part) };
}

function insert(insertion: Insertion): string {
  if (insertion === undefined) return '';
  if (typeof insertion === 'object') {
    return 'html' in insertion ? insertion.html : insertion.map(insert).join('');
  }
  return escapeText(String(insertion));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Returns text in which the parts between backquotes are code: the one piece of Markdown that descriptions use. */
export function inlineCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** Returns the paragraphs of a text, which empty lines divide. */
export function paragraphs(text: string): Html[] {
  return text.split('\n\n').map((paragraph) => html`<p>${inlineCode(paragraph)}</p>`);
}
