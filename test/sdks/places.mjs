// Where the programs of a language are kept, and where its SDK is installed and its programs are compiled.
import { join } from 'node:path';
import { root } from '../../scripts/ready.mjs';

export const folderOf = (language) => join(root, 'test', 'sdks', language);
export const scratchOf = (language) => join(root, '.scratch', 'sdks', language);
