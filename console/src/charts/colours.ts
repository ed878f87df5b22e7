// The style sheet's colours for what is drawn on a canvas, which knows no style sheet.
import { useEffect, useState } from 'preact/hooks';
import type { Colour } from './chart.ts';

export type Colours = Readonly<Record<Colour, string>>;

const names: readonly Colour[] = [
  'accent',
  'good',
  'bad',
  'warn',
  'info',
  'text',
  'quiet',
  'line',
  'accent-soft',
];

/** Returns the current colours, and new ones when the user or the system changes between dark and light. */
export function useColours(): Colours {
  const [colours, setColours] = useState(readColours);
  useEffect(() => {
    const readAgain = () => setColours(readColours());
    const chosen = new MutationObserver(readAgain);
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', readAgain);
    return () => {
      chosen.disconnect();
      system.removeEventListener('change', readAgain);
    };
  }, []);
  return colours;
}

/** Reads the colours from an element that is coloured with each token: a token holds both colours of `light-dark()`. */
function readColours(): Colours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const read = (name: Colour): string => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  const colours = Object.fromEntries(names.map((name) => [name, read(name)]));
  probe.remove();
  return colours as Colours;
}
