// The filters of the numbers for sale: their kind, a state or province, an area code.
import { digitsOf } from '../parts/format.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import type { Inventory } from './inventory-search.ts';
import { RegionSelect } from './region-select.tsx';
import { type Region, regionId } from './regions.ts';

const inventories = [
  { value: 'local', label: 'Long code, of a place' },
  { value: 'tollfree', label: 'Toll-free' },
] as const;

interface Props {
  readonly inventory: Inventory;
  readonly onInventory: (inventory: Inventory) => void;
  readonly regions: readonly Region[];
  readonly region: Region | undefined;
  /** Given the key of a region: `US-CA`. */
  readonly onRegion: (region: string | undefined) => void;
  readonly areaCode: string;
  readonly onAreaCode: (areaCode: string) => void;
}

export function RentFilters(props: Props) {
  const { inventory, onInventory, regions, region, onRegion, areaCode, onAreaCode } = props;
  return (
    <div class="filters">
      <SelectField label="Kind of number" value={inventory} options={inventories} onChange={onInventory} />
      {inventory === 'local' && (
        <RegionSelect
          label="State or province"
          any="Anywhere in the US"
          regions={regions}
          region={region && regionId(region)}
          onChange={onRegion}
        />
      )}
      {region !== undefined && inventory === 'local' ? (
        <SelectField
          label="Area code"
          value={areaCode}
          options={[
            { value: '', label: `Any of ${region.region}` },
            ...region.area_codes.map((code) => ({ value: code, label: code })),
          ]}
          onChange={onAreaCode}
        />
      ) : (
        <TextField
          label="Area code"
          class="short"
          inputMode="numeric"
          maxLength={3}
          placeholder={inventory === 'tollfree' ? '888' : '415'}
          value={areaCode}
          onInput={(text) => onAreaCode(digitsOf(text))}
        />
      )}
    </div>
  );
}
