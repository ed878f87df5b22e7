// Dark or light, or as the system has it.
import { useState } from 'preact/hooks';
import { storedTheme, storeTheme, themes } from './theme.ts';

export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme());
  return (
    <label>
      <span class="visually-hidden">Colours</span>
      <select
        value={theme}
        onChange={(event) => {
          const chosen = themes.find((one) => one === event.currentTarget.value) ?? 'system';
          storeTheme(chosen);
          setTheme(chosen);
        }}
      >
        <option value="system">System colours</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
