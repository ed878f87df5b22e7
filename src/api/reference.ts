// The OpenAPI description and the browsable reference, as pages.
import type { Page } from './pages.ts';

export function referencePages(_publicUrl: string | undefined): Page[] {
  return [];
}
