// The one exception of this room.
import { OperatorError } from '../base/errors.ts';

/** Certificates cannot be made or used. */
export class CertificateError extends OperatorError {}
