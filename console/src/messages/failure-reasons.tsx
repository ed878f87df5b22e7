// Why messages did not arrive: counts by code, number, powerpack and area above the list, each a filter of it.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { atLeast } from '../live/intervals.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { count, counted, moment, phoneNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { powerpackInWords, usePowerpackNames } from '../parts/powerpack-names.ts';
import { useSession } from '../session/session.ts';
import { errorInWords } from './error-words.ts';
import { bucketsFor, describeOverTime, failuresOverTime } from './failures-over-time.ts';
import type { FilterName, Filters } from './message-filters.ts';

type Failures = Schemas['Failure'];

/** Returns the wait before the next request: counting reads every failure of the time. */
const interval = atLeast(3000);
/** Of each kind so many are named. */
const named = 8;

/** Loads the counts for filters that they know; `null` for none. */
export function useFailures(
  filters: Filters | undefined,
  by: 'hour' | 'day' = 'hour',
): Resource<Failures | null> {
  const { client } = useSession();
  return useResource(
    `failures ${JSON.stringify(filters)} by ${by}`,
    async (signal) => {
      if (filters === undefined) return null;
      // The server judges the values of filters, and its sentence is shown.
      const query = { ...(filters as NonNullable<unknown>), by };
      return answerOf(client.GET('/Failure/', { params: { query }, signal }));
    },
    ['messages'],
    { interval, keepsPrevious: true },
  );
}

interface Props {
  readonly failures: Failures;
  readonly filters: Filters;
  /** Now, as the server has it. */
  readonly nowMs: number;
  readonly onFilter: (changes: Partial<Record<FilterName, string>>) => void;
}

export function FailureReasons({ failures: data, filters, nowMs, onFilter }: Props) {
  const over = bucketsFor(filters, nowMs);
  const names = usePowerpackNames(data.powerpacks.map(({ powerpack_uuid: uuid }) => uuid));
  return (
    <>
      <section class="card reasons" aria-labelledby="reasons">
        <h2 id="reasons">{counted(data.messages, 'message')} did not arrive</h2>
        {!data.complete && data.complete_from !== null && (
          <Notice tone="info">Every one from {moment(data.complete_from)} on is counted.</Notice>
        )}
        <ReasonBar codes={data.codes} chosen={filters.error_code} onFilter={onFilter} />
        <div class="reason-groups">
          <Group
            title="By our number"
            entries={data.senders.map(({ number, messages }) => ({
              key: number,
              label: phoneNumber(number),
              messages,
              isChosen: filters.from_number === number,
              choose: { from_number: number },
            }))}
            total={data.messages}
            onFilter={onFilter}
          />
          <Group
            title="By powerpack"
            entries={data.powerpacks.map(({ powerpack_uuid: uuid, messages }) => ({
              key: uuid ?? '',
              label: uuid === null ? 'without a powerpack' : powerpackInWords(uuid, names),
              messages,
              isChosen: filters.powerpack_id === uuid,
              choose: uuid === null ? undefined : { powerpack_id: uuid },
            }))}
            total={data.messages}
            onFilter={onFilter}
          />
          <Group
            title="By area of the recipient"
            entries={data.areas.map(({ country_iso2: country, area_code: area, region, messages }) => ({
              key: `${country} ${area}`,
              label: area === '' ? country : `${area} ${region}`,
              messages,
              isChosen: filters.area_code === area,
              choose: area === '' ? { destination_country_iso2: country } : { area_code: area },
            }))}
            total={data.messages}
            onFilter={onFilter}
          />
        </div>
      </section>
      <ChartFigure
        title="Reasons over time"
        sentence={describeOverTime(data.buckets, over.by)}
        note="By when the messages were accepted."
        chart={failuresOverTime(data, over, filters)}
      />
    </>
  );
}

interface BarProps {
  readonly codes: Failures['codes'];
  readonly chosen: string | undefined;
  readonly onFilter: Props['onFilter'];
}

/** Shows each code as a button whose meter is its share of the most frequent one. */
function ReasonBar({ codes, chosen, onFilter }: BarProps) {
  const most = codes[0]?.messages ?? 1;
  return (
    <ul class="reason-bar" aria-label="By reason">
      {codes.slice(0, named).map(({ error_code: code, error_message: message, messages }) => (
        <li key={code}>
          <button
            type="button"
            class="reason"
            aria-pressed={chosen === code}
            title={errorInWords(code)}
            onClick={() => onFilter({ error_code: chosen === code ? '' : code })}
          >
            <span class="reason-count">{count(messages)}</span>
            <span>
              {code} {message}
            </span>
            <meter aria-hidden="true" value={messages} max={most} />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Entry {
  readonly key: string;
  readonly label: string;
  readonly messages: number;
  readonly isChosen: boolean;
  readonly choose: Partial<Record<FilterName, string>> | undefined;
}

interface GroupProps {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly total: number;
  readonly onFilter: Props['onFilter'];
}

function Group({ title, entries, total, onFilter }: GroupProps) {
  const others = entries.length - named;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {entries.slice(0, named).map(({ key, label, messages, isChosen, choose }) => (
          <li key={key}>
            {choose === undefined ? (
              <span>{label}</span>
            ) : (
              <button
                type="button"
                class="reason-link"
                aria-pressed={isChosen}
                onClick={() => onFilter(isChosen ? cleared(choose) : choose)}
              >
                {label}
              </button>
            )}
            <span class="quiet">
              {count(messages)} of {count(total)}
            </span>
          </li>
        ))}
      </ul>
      {others > 0 && <p class="hint">and {count(others)} more</p>}
    </div>
  );
}

const cleared = (choice: Partial<Record<FilterName, string>>): Partial<Record<FilterName, string>> =>
  Object.fromEntries(Object.keys(choice).map((name) => [name, '']));
