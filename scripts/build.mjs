// `npm run build`: installs and compiles when needed, and nothing else.
import { makeReady } from './ready.mjs';

makeReady();
