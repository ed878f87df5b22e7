// Short words about what has just been done, at the edge of the page.
import { useEffect, useState } from 'preact/hooks';
import type { Tone } from './tone.ts';

interface Toast {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
}

const shownMs = 6000;
let newestId = 0;
let show: (toast: Toast) => void = () => {};

/** Shows a short confirmation. */
export function showToast(text: string, tone: Tone = 'good'): void {
  newestId += 1;
  show({ id: newestId, tone, text });
}

/** Shows the confirmations; there is one of it. */
export function Toasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  useEffect(() => {
    show = (toast) => {
      setToasts((before) => [...before.slice(-2), toast]);
      setTimeout(() => setToasts((before) => before.filter(({ id }) => id !== toast.id)), shownMs);
    };
  }, []);
  return (
    <div class="toasts" role="status">
      {toasts.map(({ id, tone, text }) => (
        <p key={id} class={`toast ${tone}`}>
          {text}
        </p>
      ))}
    </div>
  );
}
