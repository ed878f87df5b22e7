// A form in front of the page.
import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';
import { useAction } from './use-action.ts';

interface Props {
  readonly title: string;
  /** The fields. */
  readonly children: ComponentChildren;
  /** The label of the button: a verb. */
  readonly verb: string;
  /** While there is nothing to submit. */
  readonly disabled?: boolean;
  readonly act: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Shows a form in a dialog; closes by itself once the action is done, and shows a failure inside. */
export function DialogForm({ title, children, verb, disabled = false, act, onClose }: Props) {
  const action = useAction(act);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run()) onClose();
        }}
      >
        {children}
        <Failure error={action.error} />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={disabled} busy={action.isRunning}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
