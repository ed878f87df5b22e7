// The body of an answer as text. Pure.
import { TextDecoder } from 'node:util';

const charsetOf = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
const encodingOf = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']+)["']/;
/** An XML declaration stands within the first bytes, and is written in ASCII where it can be read at all. */
const declarationBytes = 200;

/**
 * Decodes an answer as its header says, else as its XML declaration says, else as UTF-8 (RFC 7303 section 3.2). What is not encoded
 * so becomes U+FFFD.
 */
export function decodeAnswer(contentType: string, body: Buffer): string {
  const charset = charsetOf.exec(contentType)?.[1];
  return decoderOf(charset ?? declaredEncoding(body) ?? 'utf-8').decode(body);
}

/** .NET writes "utf-16" into what it then sends as UTF-8: a declaration that can be read byte by byte is not in UTF-16. */
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
