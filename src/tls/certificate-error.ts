// The one exception of this room.

/** Certificates cannot be made or used; the message is one sentence for the person who runs the server. */
export class CertificateError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CertificateError';
  }
}
