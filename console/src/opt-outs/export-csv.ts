// Exports all opt-outs into one file.
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { saveCsv } from '../parts/save-file.ts';

/** Loads every part and lets the browser save them as one CSV file. */
export async function exportCsv(client: RucksackClient): Promise<void> {
  const parts: string[] = [];
  let after: string | null = '';
  do {
    const query: { readonly after?: string } = after === '' ? {} : { after };
    const part = await answerOf(client.GET('/OptOut/Export/', { params: { query } }));
    parts.push(parts.length === 0 ? part.csv : part.csv.slice(part.csv.indexOf('\n') + 1));
    after = part.next;
  } while (after !== null);
  saveCsv('opt-outs.csv', parts);
}
