import { Page } from '../parts/page.tsx';

export function MessagePage() {
  return <Page title="Message">TODO</Page>;
}
