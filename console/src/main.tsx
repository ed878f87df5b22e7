// Starts the console in its page.
import { render } from 'preact';
import { LocationProvider } from 'preact-iso';
import { Pages } from './pages.tsx';
import { SessionGate } from './session/session.tsx';
import { Shell } from './shell/shell.tsx';
import { keptTheme, showTheme } from './shell/theme.ts';

showTheme(keptTheme());
const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
render(
  <LocationProvider scope="/console">
    <SessionGate>
      <Shell>
        <Pages />
      </Shell>
    </SessionGate>
  </LocationProvider>,
  place,
);
