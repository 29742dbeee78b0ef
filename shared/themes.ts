/** How the web apps may look. Read by preferences and the apps; without zod, because pages load it first. */
export const THEMES = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof THEMES)[number];
