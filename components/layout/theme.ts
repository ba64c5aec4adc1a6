const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = "celeriac-theme";
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The theme a cookie names; anything unknown is the system's. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** The theme that the page wears now. Browser only. */
export function readTheme(): Theme {
  return parseTheme(document.documentElement.dataset.theme);
}

/** Puts `theme` on the page at once, and in the cookie for the next one. Browser only. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari of our range.
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax`;
}
