// Shown when the server went away during a session.
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';

export function UnreachablePage({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  return (
    <main class="sign-in">
      <div class="card sign-in-card">
        <h1>Rucksack</h1>
        <Notice tone="bad">The server cannot be reached at the moment: {error.message}</Notice>
        <Button kind="primary" onClick={retry}>
          Try again
        </Button>
      </div>
    </main>
  );
}
