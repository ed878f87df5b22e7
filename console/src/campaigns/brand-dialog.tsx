// Makes a brand, or changes its score and its limit.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';
import { limitOfText, textOfLimit } from './limit-text.ts';

interface Props {
  /** `undefined` for a new one. */
  readonly brand: Schemas['Brand'] | undefined;
  readonly onClose: () => void;
}

export function BrandDialog({ brand, onClose }: Props) {
  const { client } = useSession();
  const [name, setName] = useState(brand?.brand_alias ?? '');
  const [id, setId] = useState('');
  const [score, setScore] = useState(brand?.vetting_score?.toString() ?? '');
  const [limit, setLimit] = useState(
    brand === undefined ? '' : textOfLimit(brand.daily_segments, brand.has_own_limit),
  );
  const save = () => {
    const body = {
      brand_alias: name,
      ...(score !== '' && { vetting_score: Number(score) }),
      daily_segments: limitOfText(limit),
    };
    return brand === undefined
      ? answerOf(client.POST('/10dlc/Brand/', { body: { ...body, ...(id !== '' && { brand_id: id }) } }))
      : answerOf(
          client.POST('/10dlc/Brand/{brand_id}/', { params: { path: { brand_id: brand.brand_id } }, body }),
        );
  };
  return (
    <DialogForm
      title={brand === undefined ? 'New brand' : `Brand ${brand.brand_alias}`}
      verb={brand === undefined ? 'Create brand' : 'Save changes'}
      act={save}
      onClose={onClose}
    >
      <TextField label="Name" required maxLength={255} value={name} onInput={setName} />
      {brand === undefined && (
        <TextField
          label="Id"
          hint="As the registry has it; left empty, one is made up."
          maxLength={20}
          value={id}
          onInput={(text) => setId(text.toUpperCase())}
        />
      )}
      <TextField
        label="Vetting score"
        hint="From 0 to 100. Carriers give out their limits by it."
        type="number"
        min={0}
        max={100}
        value={score}
        onInput={setScore}
      />
      <TextField
        label="Segments a day"
        hint="Of all its campaigns together, Pacific time. Empty: as T-Mobile publishes for the score; 0: no limit. It counts messages to all carriers."
        inputMode="numeric"
        value={limit}
        onInput={setLimit}
      />
    </DialogForm>
  );
}
