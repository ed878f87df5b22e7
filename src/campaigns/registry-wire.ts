// Parameters that brands and campaigns have in common.
import { Type } from 'typebox';
import { leastLimit } from './permits.ts';

export const id = (about: string) =>
  Type.String({ pattern: '^[A-Z0-9]{1,20}$', expected: 'up to 20 capitals and digits', description: about });

export const alias = Type.String({
  minLength: 1,
  maxLength: 255,
  trim: true,
  description: 'Name for people.',
});

export const text = (about = 'Kept and shown.') =>
  Type.Optional(Type.String({ maxLength: 4096, description: about }));
export const flag = Type.Optional(Type.Boolean({ description: 'Kept and shown.' }));

export const ownLimit = (about: string) =>
  Type.Optional(
    Type.String({
      pattern: '^(default|0|1[2-9]|[2-9][0-9]|[1-9][0-9]{2,7})$',
      expected: `a whole number from ${leastLimit}, 0, or default`,
      description: `Extension: ${about} 0 is no limit, \`default\` the published one.`,
    }),
  );

export function limitFromWire(given: string | undefined): number | null | undefined {
  return given === undefined ? undefined : given === 'default' ? null : Number(given);
}

/** Returns the parameters that are kept as they were given. */
export const factsOf = (input: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(input).filter(([name, value]) => names.includes(name) && value !== undefined),
  );

export const nullableInteger = Type.Union([Type.Integer(), Type.Null()]);
