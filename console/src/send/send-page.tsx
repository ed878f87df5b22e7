import { Page } from '../parts/page.tsx';

export function SendPage() {
  return <Page title="Send">TODO</Page>;
}
