// The messages of a list as a file.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { count } from '../parts/format.ts';
import { pageSize } from '../parts/pager.tsx';
import { saveCsv } from '../parts/save-file.ts';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { csvOf } from './csv.ts';
import type { Filters } from './message-filters.ts';

/** The most messages of one file, and pages that are asked for at once. */
const most = 5000;
const atOnce = 4;

/** Shows a button that asks for the pages of the list, and gives them as one file. */
export function CsvDownload({ filters }: { readonly filters: Filters }) {
  const { client } = useSession();
  const [done, setDone] = useState(0);
  const loadPage = async (offset: number) => {
    const query = { ...filters, limit: pageSize, offset } as NonNullable<unknown>;
    return (await answerOf(client.GET('/Message/', { params: { query } }))).objects;
  };
  const download = useAction(async () => {
    const messages: Schemas['Message'][] = [];
    for (let offset = 0; offset < most; offset += pageSize * atOnce) {
      const offsets = Array.from({ length: atOnce }, (_, page) => offset + page * pageSize);
      const pages = await Promise.all(offsets.map(loadPage));
      messages.push(...pages.flat());
      setDone(messages.length);
      if (pages.some((page) => page.length < pageSize)) break;
    }
    saveCsv('messages.csv', [csvOf(messages)]);
    const isCut = messages.length >= most;
    showToast(
      `${count(messages.length)} messages in messages.csv${isCut ? ', the newest of this list' : ''}.`,
    );
  });
  return (
    <Button busy={download.isRunning} onClick={() => void download.run()}>
      {download.isRunning ? `${count(done)} read …` : 'Download CSV'}
    </Button>
  );
}
