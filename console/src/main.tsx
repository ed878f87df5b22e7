// Starts the console in its page.
import { render } from 'preact';
import { LocationProvider } from 'preact-iso/router';
import { Pages } from './pages.tsx';
import { askBeforeBack } from './parts/use-leaving-question.ts';
import { Shell } from './shell/shell.tsx';
import { showTheme, storedTheme } from './shell/theme.ts';
import { SessionGate } from './sign-in/session-gate.tsx';

askBeforeBack();
showTheme(storedTheme());
const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
render(
  <LocationProvider scope="/console">
    <SessionGate>
      <Shell>{(onShown) => <Pages onShown={onShown} />}</Shell>
    </SessionGate>
  </LocationProvider>,
  place,
);
