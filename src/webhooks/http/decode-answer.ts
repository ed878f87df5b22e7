// The body of an answer as text. Pure.
import { TextDecoder } from 'node:util';

const charsetOf = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
const encodingOf = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']+)["']/;
/** An XML declaration stands within the first bytes, and is written in ASCII where it can be read at all. */
const declarationBytes = 200;

/**
 * Returns the text of a response, decoded as its header says, else as its XML declaration says, else as UTF-8 (RFC 7303 section 3.2).
 * Bytes that do not fit the encoding become U+FFFD.
 */
export function decodeAnswer(contentType: string, body: Buffer): string {
  if (body.length === 0) return '';
  const charset = charsetOf.exec(contentType)?.[1];
  return decoderOf(charset ?? declaredEncoding(body) ?? 'utf-8').decode(body);
}

/** Returns the encoding of the XML declaration. .NET writes "utf-16" and sends UTF-8: a declaration that can be read byte by byte is not in UTF-16. */
function declaredEncoding(body: Buffer): string | undefined {
  const encoding = encodingOf.exec(body.toString('latin1', 0, declarationBytes))?.[1];
  return encoding !== undefined && /^utf-?16/i.test(encoding) ? undefined : encoding;
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
