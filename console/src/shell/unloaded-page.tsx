// The page where the script of a page cannot be loaded: the server is away, or it is another version than when the console was opened.
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';

export function UnloadedPage() {
  return (
    <Page title="This page could not be loaded">
      <div class="card">
        <Empty title="The server cannot be reached, or is a newer version">
          <p>Loading the console again gets the pages that the server has now.</p>
          <Button kind="primary" onClick={() => location.reload()}>
            Load again
          </Button>
        </Empty>
      </div>
    </Page>
  );
}
