// For somebody who was signed in when the server went away.
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';

export function UnreachablePage({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  return (
    <main class="sign-in">
      <div class="card sign-in-card">
        <h1>Rucksack</h1>
        <Notice tone="bad">The server cannot be asked at the moment: {error.message}</Notice>
        <Button kind="primary" onClick={retry}>
          Try again
        </Button>
      </div>
    </main>
  );
}
