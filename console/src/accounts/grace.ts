// How long an old token stays valid after a new one was made. Pure.

export const graceChoices: readonly { readonly seconds: number; readonly label: string }[] = [
  { seconds: 0, label: 'not at all: it ends at once' },
  { seconds: 3600, label: 'one hour' },
  { seconds: 86_400, label: 'one day' },
  { seconds: 7 * 86_400, label: 'seven days' },
  { seconds: 30 * 86_400, label: 'thirty days' },
];

export const usualGraceSeconds = 86_400;
