import { Page } from '../parts/page.tsx';

export function PowerpackSettingsPage() {
  return <Page title="Powerpack Settings">TODO</Page>;
}
