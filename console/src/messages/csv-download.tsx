// The messages of a list as a file.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { count } from '../parts/format.ts';
import { pageSize } from '../parts/pager.tsx';
import { saveCsv } from '../parts/save-file.ts';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { collectMessages, mostCollected, type WantedPage } from './collect-messages.ts';
import { csvOf } from './csv.ts';
import type { Filters } from './message-filters.ts';

/** Shows a button that asks for the pages of the list, and gives them as one file. */
export function CsvDownload({ filters }: { readonly filters: Filters }) {
  const { client } = useSession();
  const [done, setDone] = useState(0);
  const loadPage = async (page: WantedPage) => {
    const query = page as NonNullable<unknown>;
    return (await answerOf(client.GET('/Message/', { params: { query } }))).objects;
  };
  const download = useAction(async () => {
    const messages = await collectMessages(loadPage, filters, pageSize, setDone);
    saveCsv('messages.csv', [csvOf(messages)]);
    const isCut = messages.length >= mostCollected;
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
