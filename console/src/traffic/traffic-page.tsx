import { Page } from '../parts/page.tsx';

export function TrafficPage() {
  return <Page title="Traffic">TODO</Page>;
}
