// The field that finds everything: by number, UUID, id, name or word, from every page.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { typingMs, useDebounced } from '../live/use-debounced.ts';
import { useResource } from '../live/use-resource.ts';
import { counted } from '../parts/format.ts';
import { useSession } from '../session/session.ts';
import { type Found, type Option, optionsOf } from './find-options.ts';
import { useFindKeys } from './use-find-keys.ts';

export function FindBar() {
  const { route } = useLocation();
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [place, setPlace] = useState(0);
  /** Whether Enter was pressed before the server had answered: its first option is gone to then. */
  const [isEntered, setEntered] = useState(false);
  const { found, isAnswered, failure } = useFound(typed, isEntered);
  const options = optionsOf(typed, found);
  const active = Math.min(place, options.length - 1);
  useFindKeys(() => field.current?.select());

  const reset = (text: string) => {
    setTyped(text);
    setPlace(0);
    setEntered(false);
    setOpen(text.trim() !== '');
  };
  const go = (option: Option | undefined) => {
    if (option === undefined) return setEntered(false);
    reset('');
    field.current?.blur();
    route(option.href);
  };
  useEffect(() => {
    if (isEntered && isAnswered) go(options[active]);
  }, [isEntered, isAnswered]);

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setPlace((active + 1) % Math.max(1, options.length)),
    ArrowUp: () => setPlace((active - 1 + options.length) % Math.max(1, options.length)),
    Enter: () => (isAnswered || place > 0 ? go(options[active]) : setEntered(true)),
    Escape: () => (typed === '' ? field.current?.blur() : reset('')),
  };
  return (
    <search class="find">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Find anything"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        aria-keyshortcuts="/ Control+K"
        placeholder="Find …  /"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={typed}
        onInput={({ currentTarget }) => reset(currentTarget.value)}
        onFocus={() => setOpen(typed.trim() !== '')}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined || event.isComposing) return;
          event.preventDefault();
          act();
        }}
      />
      <div class="found" hidden={!isOpen}>
        <div id={listId} role="listbox" tabIndex={-1} aria-label="Found">
          {options.map(({ href, label, about }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
            <div
              key={`${href} ${about}`}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => go(options[index])}
            >
              <span class="quiet">{about}</span> {label}
            </div>
          ))}
        </div>
        {(options.length === 0 || failure !== undefined) && (
          <p class="quiet">{failure ?? (isAnswered ? 'Nothing is known by that.' : 'Looking …')}</p>
        )}
      </div>
      <p class="visually-hidden" role="status">
        {isOpen && isAnswered && counted(options.length, 'result')}
      </p>
    </search>
  );
}

interface FoundState {
  readonly found: readonly Found[];
  /** Whether these belong to what is typed by now. */
  readonly isAnswered: boolean;
  /** Why nothing could be looked for. */
  readonly failure: string | undefined;
}

/** Asks the server what a text means, once the typing rests or at once. */
function useFound(typed: string, isAtOnce: boolean): FoundState {
  const { client } = useSession();
  const text = typed.trim();
  const rested = useDebounced(text, typingMs);
  const query = isAtOnce ? text : rested;
  const { data, error } = useResource(`find ${query}`, async (signal) => {
    if (query === '') return [];
    return (await answerOf(client.GET('/Find/', { params: { query: { query } }, signal }))).objects;
  });
  const isOfText = query === text;
  return {
    found: (isOfText ? data : undefined) ?? [],
    isAnswered: isOfText && (data !== undefined || error !== undefined),
    failure: isOfText ? error?.message : undefined,
  };
}
