import { Page } from '../parts/page.tsx';

export function PoolPage() {
  return <Page title="Pool">TODO</Page>;
}
