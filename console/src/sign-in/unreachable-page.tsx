// Shown when a session is gone back to and the server does not answer.
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';

export function UnreachablePage({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  return (
    <main class="sign-in">
      <div class="card sign-in-card">
        <h1>Rucksack</h1>
        <Failure error={error} />
        <p>You stay signed in.</p>
        <Button kind="primary" onClick={retry}>
          Try again
        </Button>
      </div>
    </main>
  );
}
