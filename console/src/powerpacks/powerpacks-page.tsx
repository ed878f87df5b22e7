import { Page } from '../parts/page.tsx';

export function PowerpacksPage() {
  return <Page title="Powerpacks">TODO</Page>;
}
