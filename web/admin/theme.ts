/**
 * The panel's Mantine theme: one accent (the tenant's, else ours), borders instead of shadows, and contrast fixed once for
 * every page (Mantine's defaults miss WCAG AA for dimmed text and light badges). Called by the app.
 */
import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import type { Tone } from '../ui/appointment-status.ts';

const accent: MantineColorsTuple = [
  '#eef2fd',
  '#dce3fa',
  '#b8c6f3',
  '#93a8ec',
  '#728ce4',
  '#5873d8',
  '#4560c9',
  '#2f4fb3',
  '#27439a',
  '#1c3278',
];

/** Mantine's greys with a touch of blue, so that buttons and inputs belong to our dark surfaces. */
const dark: MantineColorsTuple = [
  '#e3e7ec',
  '#c5ccd4',
  '#a9b1ba',
  '#7b8694',
  '#4a535f',
  '#323a45',
  '#262c35',
  '#1b1f25',
  '#14171c',
  '#0e1115',
];

/** The theme; `closeLabel` names the × of notifications in the reader's language. */
export const themeFor = (closeLabel: string) =>
  createTheme({
    primaryColor: 'accent',
    colors: { accent, dark },
    primaryShade: { light: 7, dark: 8 },
    autoContrast: true,
    fontFamily: '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif',
    headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' } } },
    fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': closeLabel } } },
      // Mantine picks white or black for its own shades; the brand brings the colour that is safe on its fill.
      Button: Button.extend({
        vars: (_theme, props) => ({
          root:
            props.color === undefined && (props.variant ?? 'filled') === 'filled' ? { '--button-color': ON_FILL } : {},
        }),
      }),
    },
  });

/** Tones of the status tables in Mantine's colours. */
export const TONE_COLOR: Readonly<Record<Tone, string>> = {
  warning: 'yellow',
  success: 'green',
  primary: 'accent',
  info: 'cyan',
  danger: 'red',
  gray: 'gray',
};

const BADGE_COLORS = ['yellow', 'green', 'accent', 'cyan', 'red', 'gray', 'orange', 'teal'] as const;

/** Text colours of light variants: the darkest shade, darkened further in light mode, the lightest in dark mode. */
function lightVariantText(isDark: boolean): Record<string, string> {
  return Object.fromEntries(
    BADGE_COLORS.map((color) => [
      `--mantine-color-${color}-light-color`,
      isDark ? `var(--mantine-color-${color}-1)` : `color-mix(in srgb, var(--mantine-color-${color}-9) 65%, black)`,
    ]),
  );
}

/** The tenant's brand, else ours. */
const FILL = 'var(--brand-fill, #2f4fb3)';
const ON_FILL = 'var(--brand-on-fill, #ffffff)';

/** Mantine writes these per scheme, so ours must stand there too. */
const brandShades = {
  '--mantine-color-accent-filled': FILL,
  '--mantine-color-accent-filled-hover': `color-mix(in srgb, ${FILL} 88%, black)`,
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-primary-color-filled': FILL,
    '--mantine-primary-color-filled-hover': `color-mix(in srgb, ${FILL} 88%, black)`,
    '--mantine-primary-color-contrast': ON_FILL,
  },
  light: {
    ...brandShades,
    '--mantine-color-dimmed': '#5b6470',
    '--mantine-color-placeholder': '#5b6470',
    '--mantine-color-error': '#b3202f',
    '--mantine-color-anchor': 'var(--brand-text, #2a479f)',
    '--face-page': '#f6f7f9',
    '--face-line': '#dfe3e8',
    '--face-line-strong': '#8b95a1',
    ...lightVariantText(false),
  },
  dark: {
    ...brandShades,
    '--mantine-color-dimmed': '#a9b1ba',
    '--mantine-color-placeholder': '#a9b1ba',
    '--mantine-color-error': '#ff9aa4',
    '--mantine-color-anchor': 'var(--brand-text-dark, #9db4ff)',
    '--mantine-color-body': '#1b1f25',
    '--face-page': '#14171c',
    '--face-line': '#323a45',
    '--face-line-strong': '#6b7684',
    ...lightVariantText(true),
  },
});
