// Texts of others as a database holds them. Pure.

const printableAscii = /^[ -~]*$/;

/**
 * Returns a text as the database can store it: carriers and customers may send NUL characters and halves of surrogate pairs.
 * @param insteadOfNul stands for each NUL
 */
export function storableText(text: string, insteadOfNul = '\ufffd'): string {
  return printableAscii.test(text) ? text : text.replaceAll('\0', insteadOfNul).toWellFormed();
}
