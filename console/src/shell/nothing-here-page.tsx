// An address that the console does not have.
import { Page } from '../parts/page.tsx';

export function NothingHerePage() {
  return (
    <Page title="Nothing here">
      <p>
        The console has no page at this address. <a href="/console/">Back to the overview</a>
      </p>
    </Page>
  );
}
