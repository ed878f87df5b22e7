// The part of a rule about the delivery report.
import { Switch } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { NumberField } from './number-field.tsx';
import type { Rule } from './rule.ts';

interface Props {
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
}

const maxDelayMs = 30 * 24 * 3600 * 1000;
const reports: readonly { readonly value: Rule['report']; readonly label: string }[] = [
  { value: 'delivered', label: 'Delivered' },
  { value: 'undelivered', label: 'Undelivered' },
  { value: 'lost', label: 'Nothing, ever' },
];

export function ReportFields({ rule, onChange }: Props) {
  const [least = 0, most = least] = rule.delay_ms;
  return (
    <div class="rule-fields">
      <SelectField
        label="It reports"
        value={rule.report}
        options={reports}
        onChange={(report) => onChange({ ...rule, report })}
      />
      {rule.report === 'undelivered' && (
        <NumberField
          label="Error code"
          value={rule.error_code}
          min={1}
          max={9999}
          onChange={(code) => onChange({ ...rule, error_code: code ?? 1000 })}
        />
      )}
      {rule.report !== 'lost' && (
        <>
          <NumberField
            label="After seconds, at least"
            value={least}
            min={0}
            max={maxDelayMs}
            unit={1000}
            onChange={(value) => {
              const from = Math.round(value ?? 0);
              onChange({ ...rule, delay_ms: [from, Math.max(from, most)] });
            }}
          />
          <NumberField
            label="After seconds, at most"
            value={most}
            min={0}
            max={maxDelayMs}
            unit={1000}
            onChange={(value) => {
              const to = Math.round(value ?? 0);
              onChange({ ...rule, delay_ms: [Math.min(least, to), to] });
            }}
          />
          <NumberField
            label="Repetitions of the report"
            value={rule.duplicates}
            min={0}
            max={10}
            onChange={(duplicates) => onChange({ ...rule, duplicates: duplicates ?? 0 })}
          />
          <Switch
            label="Report comes first"
            hint="Before the carrier responds to the submission."
            checked={rule.overtake}
            onChange={(overtake) => onChange({ ...rule, overtake })}
          />
        </>
      )}
    </div>
  );
}
