// How long an old token stays valid after a new one was made, in seconds. Pure.

export const graceChoices: readonly { readonly value: number; readonly label: string }[] = [
  { value: 0, label: 'not at all: it ends at once' },
  { value: 3600, label: 'one hour' },
  { value: 86_400, label: 'one day' },
  { value: 7 * 86_400, label: 'seven days' },
  { value: 30 * 86_400, label: 'thirty days' },
];

export const usualGraceSeconds = 86_400;
