// The entries of the audit log that a list shows, as a file.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { count } from '../parts/format.ts';
import { saveCsv } from '../parts/save-file.ts';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { changesCsv } from './changes-csv.ts';

/** The most entries of one file, and of one request. */
const most = 5000;
const pageSize = 100;

/** Shows a button that asks for the pages of the list, and gives them as one file. */
export function ChangesDownload({ filters }: { readonly filters: Readonly<Record<string, string>> }) {
  const { client } = useSession();
  const download = useAction(async () => {
    const entries: Schemas['AuditEntry'][] = [];
    for (let before = filters.before; entries.length < most; before = entries.at(-1)?.entry_id) {
      const query = { ...filters, limit: pageSize, ...(before && { before }) };
      const { meta, objects } = await answerOf(client.GET('/Audit/', { params: { query } }));
      entries.push(...objects);
      if (meta.next === null) break;
    }
    saveCsv('changes.csv', [changesCsv(entries)]);
    const isCut = entries.length >= most;
    showToast(`${count(entries.length)} changes in changes.csv${isCut ? ', the newest of this list' : ''}.`);
  });
  return (
    <Button busy={download.isRunning} onClick={() => void download.run()}>
      Download CSV
    </Button>
  );
}
