// A choice among the states, provinces and territories.
import { Field } from '../parts/field.tsx';
import { type Region, regionId } from './regions.ts';

interface Props {
  readonly label: string;
  /** The label of the choice "none". */
  readonly any: string;
  readonly regions: readonly Region[];
  readonly region: string | undefined;
  readonly onChange: (region: string | undefined) => void;
}

const countries = [
  ['US', 'United States'],
  ['CA', 'Canada'],
] as const;

export function RegionSelect({ label, any, regions, region, onChange }: Props) {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          value={region ?? ''}
          onChange={(event) =>
            onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
          }
        >
          <option value="">{any}</option>
          {countries.map(([code, name]) => (
            <optgroup key={code} label={name}>
              {regions
                .filter(({ country_iso2: country }) => country === code)
                .map((one) => (
                  <option key={regionId(one)} value={regionId(one)}>
                    {one.region}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
