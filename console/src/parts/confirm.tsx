// A question before something that cannot simply be undone.
import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';
import { useAction } from './use-action.ts';

interface Props {
  readonly title: string;
  /** The consequences. */
  readonly children: ComponentChildren;
  /** The label of the button: a verb. */
  readonly verb: string;
  readonly act: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Shows a question; closes by itself once the action is done, and shows a failure inside. */
export function Confirm({ title, children, verb, act, onClose }: Props) {
  const action = useAction(act);
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Failure error={action.error} />
      <div class="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="danger"
          busy={action.isRunning}
          onClick={async () => {
            if (await action.run()) onClose();
          }}
        >
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
