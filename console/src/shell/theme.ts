// The colours that somebody likes: the one thing that the console keeps in local storage.

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const item = 'rucksack.theme';

export function keptTheme(): Theme {
  const kept = localStorage.getItem(item);
  return themes.find((theme) => theme === kept) ?? 'system';
}

/** Keeps a choice and shows it. */
export function keepTheme(theme: Theme): void {
  localStorage.setItem(item, theme);
  showTheme(theme);
}

/** The style sheet has the colours; this says which. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
