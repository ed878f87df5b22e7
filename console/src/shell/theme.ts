// The chosen colours: the one thing that the console keeps in local storage.

export const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const item = 'rucksack.theme';

export function storedTheme(): Theme {
  const stored = localStorage.getItem(item);
  return themes.find((theme) => theme === stored) ?? 'system';
}

/** Stores a choice and shows it. */
export function storeTheme(theme: Theme): void {
  localStorage.setItem(item, theme);
  showTheme(theme);
}

/** Selects the colours of the style sheet. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
