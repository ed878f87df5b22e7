// The report of an import.
import type { Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { counted } from '../parts/format.ts';

interface Props {
  readonly report: Schemas['ImportedOptOuts'];
  readonly onClose: () => void;
}

export function ImportReport({ report, onClose }: Props) {
  const { added, known, bad_lines: bad, bad_lines_count: badCount } = report;
  return (
    <Dialog title="Imported" onClose={onClose}>
      <p>
        {counted(added, 'opt-out')} added, {known} known already, {counted(badCount, 'line')} left out.
      </p>
      {bad.length > 0 && (
        <ul>
          {bad.map(({ line, error }) => (
            <li key={line}>
              Line {line}: {error}
            </li>
          ))}
        </ul>
      )}
      <div class="dialog-actions">
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
