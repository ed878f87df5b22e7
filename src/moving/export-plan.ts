// The plan of making an account at the vendor as it is here: calls in order, and what people have to do. Pure.
import { findInventoryNumber } from '../telecom/inventory.ts';
import type { Fields, Resource } from './resource.ts';

export type ExportStep = HandStep | CallStep;

/** Work for people. */
interface HandStep {
  readonly by: 'hand';
  readonly what: string;
}

/** A value that an earlier call has saved in a variable. */
export class SavedValue {
  readonly variable: string;

  constructor(variable: string) {
    this.variable = variable;
  }
}

/** A call that makes a resource. */
export interface CallStep {
  readonly by: 'call';
  readonly what: string;
  /** The variable of the subaccount that calls; undefined for the main account. */
  readonly as: string | undefined;
  /** Below the account, in parts. */
  readonly path: readonly (string | SavedValue)[];
  /** Its fields may be saved values. */
  readonly body: Fields;
  /** Variables for later steps, and the field of the answer of each; of a path, its last segment. */
  readonly saves: Readonly<Record<string, string>>;
}

/** Returns the variable of the token of a subaccount. */
export const tokenVariable = (subaccount: string): string => `${subaccount}_token`;

/** Fields that the vendor gives by itself, or that are not for creating. */
const notSent = [
  'app_id',
  'application_type',
  'auth_id',
  'auth_token',
  'uuid',
  'created_on',
  'number_pool_uuid',
];

/** Returns the steps, each behind those that it refers to. */
export function planExport(resources: readonly Resource[]): ExportStep[] {
  const of = (kind: Resource['kind']) => resources.filter((resource) => resource.kind === kind);
  const variables = new Map<string, string>();
  const name = (id: unknown, prefix: string): string => {
    const variable = `${prefix}_${variables.size + 1}`;
    variables.set(String(id), variable);
    return variable;
  };
  const variableOf = (id: unknown) => (id === undefined ? undefined : variables.get(String(id)));
  const reference = (field: string, id: unknown): Fields => {
    const variable = variableOf(id);
    return variable === undefined ? {} : { [field]: new SavedValue(variable) };
  };

  const subaccounts = of('subaccount').map((resource): ExportStep => {
    const { auth_id: id, name: called, enabled } = resource.fields;
    const variable = name(id, 'subaccount');
    const saves = { [variable]: 'auth_id', [tokenVariable(variable)]: 'auth_token' };
    return call(resource, ['Subaccount/'], { name: called, enabled }, saves);
  });
  const applications = of('application').map((resource): ExportStep => {
    const { subaccount, ...fields } = resource.fields;
    if (fields.application_type === 'PHLO')
      return hand(`make application ${resource.label} as a PHLO in the vendor's console`);
    const body = { ...without(fields, notSent), ...reference('subaccount', subaccount) };
    return call(resource, ['Application/'], body, { [name(resource.id, 'application')]: 'app_id' });
  });
  const numbers = planNumbers(of('number'), reference);
  const powerpacks = of('powerpack').map((resource): ExportStep => {
    const { application_id: appId, number_pool_uuid: pool, ...fields } = resource.fields;
    const application = reference('application_id', appId);
    const type = Object.hasOwn(application, 'application_id') ? { application_type: 'XML' } : {};
    const saves = { [name(resource.id, 'powerpack')]: 'uuid', [name(pool, 'pool')]: 'number_pool' };
    const body = { ...without(fields, notSent), ...type, ...application };
    return { ...call(resource, ['Powerpack/'], body, saves), as: variableOf(resource.owner) };
  });
  const tollfree = new Set(
    of('number').flatMap(({ id, fields }) => (fields.number_type === 'tollfree' ? [id] : [])),
  );
  const members = of('member').flatMap((resource): ExportStep[] => {
    const number = String(resource.fields.number);
    if (isFictitious(number)) return [];
    const pool = variableOf(resource.fields.number_pool_uuid) ?? '';
    const list = tollfree.has(number) ? 'Tollfree' : 'Number';
    const path = ['NumberPool/', new SavedValue(pool), `/${list}/${number}/`];
    return [
      { ...call(resource, path, { service: resource.fields.service }, {}), as: variableOf(resource.owner) },
    ];
  });
  const shortcodes = of('shortcode').map((resource) =>
    hand(`have the vendor attach short code ${resource.label}: no call does`),
  );
  return [...subaccounts, ...applications, ...numbers, ...powerpacks, ...members, ...shortcodes];
}

type Reference = (field: string, id: unknown) => Fields;

function planNumbers(numbers: readonly Resource[], reference: Reference): ExportStep[] {
  const fictitious = numbers.filter(({ id }) => isFictitious(id));
  const real = numbers.filter(({ id }) => !isFictitious(id));
  const list = (some: readonly Resource[]) => some.map(({ id }) => id).join(', ');
  const byHand = [
    ...(fictitious.length > 0
      ? [hand(`rent other numbers for ${list(fictitious)}: fictitious, they exist here alone`)]
      : []),
    ...(real.length > 0 ? [hand(`rent or port to the vendor, before what follows: ${list(real)}`)] : []),
  ];
  const settings = real.flatMap((resource): ExportStep[] => {
    const { alias, app_id: appId, subaccount } = resource.fields;
    const body = {
      ...(alias === undefined ? {} : { alias }),
      ...reference('app_id', appId),
      ...reference('subaccount', subaccount),
    };
    return Object.keys(body).length === 0 ? [] : [call(resource, [`Number/${resource.id}/`], body, {})];
  });
  return [...byHand, ...settings];
}

const isFictitious = (number: string): boolean => findInventoryNumber(number) !== undefined;

const hand = (what: string): HandStep => ({ by: 'hand', what });

function call(
  { kind, label }: Resource,
  path: CallStep['path'],
  body: Fields,
  saves: CallStep['saves'],
): CallStep {
  return { by: 'call', what: `${kind} ${label}`, as: undefined, path, body, saves };
}

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
