import { Page } from '../parts/page.tsx';

export function DeletePowerpackPage() {
  return <Page title="Delete Powerpack">TODO</Page>;
}
