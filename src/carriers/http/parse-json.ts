// JSON of carriers, whose names of messages may be integers that no JavaScript number holds. Pure.

/** A string, also one that never ends, or a number. Each is taken whole, so that reading is linear. */
const tokens = /"(?:[^"\\]|\\.)*(?:"|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

const longInteger = /^-?\d{16,}$/;

/**
 * Parses JSON; an integer of more than 15 digits becomes a text with these digits.
 * @throws SyntaxError when it is not JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(tokens, (token) => (longInteger.test(token) ? `"${token}"` : token)));
}
