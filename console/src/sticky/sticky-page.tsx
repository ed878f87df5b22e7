import { Page } from '../parts/page.tsx';

export function StickyPage() {
  return <Page title="Sticky">TODO</Page>;
}
