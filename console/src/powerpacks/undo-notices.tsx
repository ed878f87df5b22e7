// The last action on a powerpack, above the list: deleted, with a button to undo it, or restored. Each notice takes the focus.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { moment } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { restorationInWords } from './restoration.ts';
import { type DeletedPowerpack, type Restoration, RestoreButton } from './restore-button.tsx';

interface Props {
  /** `undefined` when none was, or when it is back by now. */
  readonly powerpack: DeletedPowerpack | undefined;
  readonly onRestored: (restoration: Restoration) => void;
}

export function JustDeleted({ powerpack, onRestored }: Props) {
  if (powerpack === undefined) return null;
  return (
    <Focused key={powerpack.uuid}>
      <Notice tone="info">
        “{powerpack.name}” is deleted. Until {moment(powerpack.restorable_until)} it can be restored.{' '}
        <RestoreButton powerpack={powerpack} onRestored={onRestored} />
      </Notice>
    </Focused>
  );
}

export function Restored({ restoration }: { readonly restoration: Restoration }) {
  return (
    <Focused key={restoration.uuid}>
      <Notice tone={restoration.members_lost.length === 0 ? 'good' : 'warn'}>
        {restorationInWords(restoration)} <a href={`/console/powerpacks/${restoration.uuid}`}>Open it</a>
      </Notice>
    </Focused>
  );
}

/** Shows a notice that takes the focus, because the button that had it is gone. */
function Focused({ children }: { readonly children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} class="focused">
      {children}
    </div>
  );
}
