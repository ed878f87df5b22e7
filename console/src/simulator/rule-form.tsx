// The form of one rule.
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { NumberField } from './number-field.tsx';
import { ReportFields } from './report-fields.tsx';
import { isReported, type Rule, submits, withMatch, withSubmit } from './rule.ts';

interface Props {
  /** Counted from one. */
  readonly place: number;
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
}

const maxTimes = 1_000_000_000;
const maxOutageMs = 30 * 24 * 3600 * 1000;

export function RuleForm({ place, rule, onChange }: Props) {
  return (
    <section class="rule-form" aria-label={`Rule ${place}`}>
      <fieldset>
        <legend>Which messages</legend>
        <Conditions rule={rule} onChange={onChange} />
      </fieldset>
      <fieldset>
        <legend>What the carrier does</legend>
        <div class="rule-fields">
          <SelectField
            label="When it is given one"
            value={rule.submit}
            options={submits}
            onChange={(submit) => onChange(withSubmit(rule, submit))}
          />
          {rule.submit === 'disconnected' && (
            <NumberField
              label="Seconds without connection"
              hint="Nothing is taken and nothing reported meanwhile. Handsets get through."
              value={rule.outage_ms}
              min={0}
              max={maxOutageMs}
              unit={1000}
              onChange={(outage) => onChange({ ...rule, outage_ms: Math.round(outage ?? 0) })}
            />
          )}
          <NumberField
            label="At most, a second"
            hint="The rest is throttled. Empty: no limit."
            value={rule.throttle}
            min={0}
            max={maxTimes}
            onChange={(throttle) => onChange({ ...rule, throttle })}
          />
        </div>
      </fieldset>
      {isReported(rule.submit) && (
        <fieldset>
          <legend>What it reports later</legend>
          <ReportFields rule={rule} onChange={onChange} />
        </fieldset>
      )}
    </section>
  );
}

const conditions = [
  { name: 'destination', label: 'To', hint: 'A pattern such as 1415*: * is anything, ? one digit.' },
  { name: 'sender', label: 'From', hint: 'A pattern too. Empty: any number.' },
  { name: 'text', label: 'With, in the text', hint: 'Capitals or not. Empty: any text.' },
] as const;

const services = [
  { value: '', label: 'SMS and MMS' },
  { value: 'sms', label: 'SMS' },
  { value: 'mms', label: 'MMS' },
];

function Conditions({ rule, onChange }: Omit<Props, 'place'>) {
  return (
    <div class="rule-fields">
      {conditions.map(({ name, label, hint }) => (
        <TextField
          key={name}
          label={label}
          hint={hint}
          class={name === 'text' ? undefined : 'code'}
          maxLength={name === 'text' ? 160 : 40}
          value={rule.match[name] ?? ''}
          onInput={(text) => onChange(withMatch(rule, { [name]: text }))}
        />
      ))}
      <SelectField
        label="Service"
        value={rule.match.service ?? ''}
        options={services}
        onChange={(service) => onChange(withMatch(rule, { service }))}
      />
      <NumberField
        label="Share of them, in percent"
        hint="The others go on to the next rules."
        value={rule.share}
        min={0}
        max={1}
        unit={0.01}
        onChange={(share) => onChange({ ...rule, share: share ?? 1 })}
      />
      <NumberField
        label="How many"
        hint="Then the rule is spent. Empty: no limit."
        value={rule.times}
        min={1}
        max={maxTimes}
        onChange={(times) => onChange({ ...rule, times })}
      />
    </div>
  );
}
