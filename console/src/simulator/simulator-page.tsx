import { Page } from '../parts/page.tsx';

export function SimulatorPage() {
  return <Page title="Simulator">TODO</Page>;
}
