// The state of a name, in words.
import type { components } from '../../../client/src/schema.ts';

export const statusWords: Readonly<Record<components['schemas']['Alphanumeric']['status'], string>> = {
  pending: 'Waits for the operator',
  approved: 'Approved',
  rejected: 'Rejected',
};
