// A limit in a form: empty for the published one. Pure.

/** Returns the text of a field for a limit that was set, or is the published one. */
export const textOfLimit = (limit: number | null, isOwn: boolean): string =>
  isOwn ? String(limit ?? 0) : '';

/** Returns the parameter that a text of the field stands for. */
export const limitOfText = (text: string): string => (text.trim() === '' ? 'default' : text.trim());
