// A small language for the shapes of answers: checks that can be put together, and say where an answer differs.

/** Says what is wrong with a value, one line each, beginning with the path to it. */
export type Check = (value: unknown, path: string) => string[];

const expectation =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value, path) =>
    holds(value) ? [] : [`${path} must be ${what}, not ${JSON.stringify(value)}`];

const isText = (value: unknown): value is string => typeof value === 'string';

export const text = expectation('a string', isText);
export const flag = expectation('a boolean', (value) => typeof value === 'boolean');
export const count = expectation(
  'a whole number of 0 or more',
  (value) => Number.isInteger(value) && Number(value) >= 0,
);

export const matching = (what: string, pattern: RegExp): Check =>
  expectation(what, (value) => isText(value) && pattern.test(value));

export const oneOf = (...values: readonly unknown[]): Check =>
  expectation(`one of ${JSON.stringify(values)}`, (value) => values.includes(value));

export const nullable =
  (check: Check): Check =>
  (value, path) =>
    value === null ? [] : check(value, path);

export const listOf =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}[${index}]`))
      : [`${path} must be a list, not ${JSON.stringify(value)}`];

/**
 * An object that has at least these members. Further members are allowed when they are plain names that hide no method
 * of a resource in Ruby, which makes a reader of every one.
 */
export const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [`${path} must be an object, not ${JSON.stringify(value)}`];
    }
    const given = value as Record<string, unknown>;
    const badNames = Object.keys(given).filter(
      (name) => !/^[a-z_][a-z0-9_]*$/.test(name) || rubyMethods.has(name),
    );
    return [
      ...badNames.map((name) => `${path}.${name} is a name that Ruby cannot read`),
      ...Object.entries(members).flatMap(([name, check]) =>
        Object.hasOwn(given, name) ? check(given[name], `${path}.${name}`) : [`${path}.${name} is missing`],
      ),
    ];
  };

const rubyMethods = new Set(['update', 'delete', 'numberpool', 'client', 'id']);
