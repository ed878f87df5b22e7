import { Page } from '../parts/page.tsx';

export function NewPowerpackPage() {
  return <Page title="New Powerpack">TODO</Page>;
}
