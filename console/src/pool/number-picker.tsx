// A page of numbers, of which many can be ticked. What is ticked stays so on other pages.
import { phoneNumber } from '../parts/format.ts';
import { Pager } from '../parts/pager.tsx';

export interface Pick {
  readonly number: string;
  readonly place: string;
  readonly services: string;
}

interface Props {
  readonly label: string;
  readonly numbers: readonly Pick[];
  readonly total: number;
  readonly offset: number;
  readonly onMove: (offset: number) => void;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (numbers: readonly string[], isTicked: boolean) => void;
  readonly disabled: boolean;
}

export function NumberPicker({ label, numbers, total, offset, onMove, ticked, onTick, disabled }: Props) {
  const tickedHere = numbers.filter(({ number }) => ticked.has(number)).length;
  return (
    <>
      <div class="card table picker">
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label="All on this page"
                  checked={tickedHere === numbers.length}
                  indeterminate={tickedHere > 0 && tickedHere < numbers.length}
                  disabled={disabled}
                  onChange={(event) =>
                    onTick(
                      numbers.map(({ number }) => number),
                      event.currentTarget.checked,
                    )
                  }
                />
              </th>
              <th scope="col">Number</th>
              <th scope="col">Area</th>
              <th scope="col">Services</th>
            </tr>
          </thead>
          <tbody>
            {numbers.map(({ number, place, services }) => (
              <tr key={number}>
                <td>
                  <input
                    id={`pick-${number}`}
                    type="checkbox"
                    checked={ticked.has(number)}
                    disabled={disabled}
                    onChange={(event) => onTick([number], event.currentTarget.checked)}
                  />
                </td>
                <td>
                  <label class="code" for={`pick-${number}`}>
                    {phoneNumber(number)}
                  </label>
                </td>
                <td>{place}</td>
                <td>{services}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager offset={offset} total={total} onMove={onMove} />
    </>
  );
}

/** Returns the services of a number, in words. */
export function servicesOf({
  sms_enabled: sms,
  mms_enabled: mms,
}: {
  readonly sms_enabled: boolean;
  readonly mms_enabled: boolean;
}): string {
  if (sms && mms) return 'SMS and MMS';
  return sms ? 'SMS' : mms ? 'MMS' : 'none';
}
