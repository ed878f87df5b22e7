// Which stretch of time is looked at. It is in the address, so that Back and a copied link work.
import { useLocation } from 'preact-iso/router';
import { type TrafficWindow, windows } from './windows.ts';

export function WindowChoice({ chosen }: { readonly chosen: TrafficWindow }) {
  const { path } = useLocation();
  return (
    <nav class="windows" aria-label="Stretch of time">
      {windows.map(({ id, label }) => (
        <a key={id} href={`${path}?window=${id}`} aria-current={id === chosen.id ? 'true' : undefined}>
          {label}
        </a>
      ))}
      {chosen.bounds !== undefined && (
        <a href={`${path}?${new URLSearchParams({ ...chosen.bounds })}`} aria-current="true">
          {chosen.label}
        </a>
      )}
    </nav>
  );
}
