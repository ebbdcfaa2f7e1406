import type { Theme } from '../../base/config.ts';

const storageKey = 'salespulse-console-theme';
const themes: readonly Theme[] = ['auto', 'light', 'dark'];

/** The theme this browser was left with. Storage may be forbidden: then `auto`. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return themes.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Turns a theme on for the whole page and remembers it where the browser allows. */
export function applyTheme(theme: Theme): void {
  document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Without storage the choice lasts as long as the page: nothing a person must act on.
  }
}
