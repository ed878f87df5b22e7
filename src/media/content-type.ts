// The content types that may be uploaded, and the type of a file whose sender does not say. Pure.

/**
 * Content types that may be uploaded, with the extensions that tell them (wire-data-plane 6.2). All of them are safe to open in a
 * browser: none can contain a script.
 */
const accepted: ReadonlyMap<string, readonly string[]> = new Map([
  ['image/jpeg', ['jpg', 'jpeg', 'jpe']],
  ['image/png', ['png']],
  ['image/gif', ['gif']],
  ['image/xcf', ['xcf']],
  ['audio/mp3', []],
  ['audio/mpeg', ['mp3', 'mpga']],
  ['audio/wav', ['wav']],
  ['audio/ogg', ['ogg', 'oga']],
  ['video/mp4', ['mp4', 'm4v']],
  ['video/mpeg', ['mpeg', 'mpg']],
  ['video/3gpp', ['3gp', '3gpp']],
  ['video/3gpp2', ['3g2', '3gpp2']],
  ['text/vcard', ['vcf', 'vcard']],
  ['text/csv', ['csv']],
  ['text/plain', ['txt', 'text']],
  ['application/pdf', ['pdf']],
  ['application/vnd.ms-excel', ['xls']],
]);

/** Other names under which clients send them: Node's form library says `image/x-xcf` and `text/x-vcard`. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['image/x-xcf', 'image/xcf'],
  ['audio/wave', 'audio/wav'],
  ['audio/x-wav', 'audio/wav'],
  ['audio/vnd.wave', 'audio/wav'],
  ['text/x-vcard', 'text/vcard'],
  ['application/csv', 'text/csv'],
]);

/** By what files of a type are known: one of these texts (latin1) at this place. Films name their brand behind `ftyp`. */
const signatures: readonly [at: number, texts: readonly string[], type: string][] = [
  [0, ['\xff\xd8\xff'], 'image/jpeg'],
  [0, ['\x89PNG\r\n\x1a\n'], 'image/png'],
  [0, ['GIF87a', 'GIF89a'], 'image/gif'],
  [0, ['gimp xcf '], 'image/xcf'],
  [0, ['ID3', '\xff\xfb', '\xff\xf3', '\xff\xf2'], 'audio/mpeg'],
  [8, ['WAVEfmt '], 'audio/wav'],
  [0, ['OggS'], 'audio/ogg'],
  [4, ['ftyp3g2'], 'video/3gpp2'],
  [4, ['ftyp3gp', 'ftyp3gs'], 'video/3gpp'],
  [4, ['ftypiso', 'ftypmp4', 'ftypavc1', 'ftypM4V', 'ftypMSNV', 'ftypdash'], 'video/mp4'],
  [0, ['\0\0\x01\xba', '\0\0\x01\xb3'], 'video/mpeg'],
  [0, ['%PDF-'], 'application/pdf'],
  [0, ['BEGIN:VCARD'], 'text/vcard'],
];

const signatureBytes = 16;

const byExtension: ReadonlyMap<string, string> = new Map(
  [...accepted].flatMap(([type, extensions]) => extensions.map((extension) => [extension, type] as const)),
);

/** The types that may be uploaded, for the description of the API. */
export const acceptedContentTypes: readonly string[] = [...accepted.keys()];

/** Returns whether files of a type may be uploaded; the type as it is written in `acceptedContentTypes`, without parameters. */
export function isAccepted(contentType: string): boolean {
  return accepted.has(contentType);
}

/** The content type of a file of unknown content (RFC 2046 section 4.5.1). */
const unknownContentType = 'application/octet-stream';

/** Returns the content type that a file's name tells; `application/octet-stream` when it tells none that we know. */
export function contentTypeOfName(fileName: string): string {
  const extension = /\.([^.]*)$/.exec(fileName)?.[1] ?? '';
  return byExtension.get(extension.toLowerCase()) ?? unknownContentType;
}

/**
 * Returns the content type of an uploaded file. The type that the sender gives counts, in its usual spelling.
 * `application/octet-stream` says nothing, and neither does `text/plain`, which stands for a part without a type (RFC 7578 section
 * 4.4); then its first bytes decide, then its name. So a sender that only names the type badly (.NET, wire-data-plane 6.2) is still
 * understood.
 */
export function contentTypeOf(declared: string, fileName: string, content: Uint8Array): string {
  const given = declared.toLowerCase();
  const saysNothing = given === unknownContentType || given === 'text/plain' || !typeName.test(given);
  if (!saysNothing) return otherNames.get(given) ?? given;
  const found = typeOfSignature(content) ?? contentTypeOfName(fileName);
  // No text holds a NUL.
  return found === unknownContentType && given === 'text/plain' && !content.includes(0) ? given : found;
}

const typeName = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/;

function typeOfSignature(content: Uint8Array): string | undefined {
  const beginning = Buffer.from(content.subarray(0, signatureBytes)).toString('latin1');
  return signatures.find(([at, texts]) => texts.some((text) => beginning.startsWith(text, at)))?.[2];
}
