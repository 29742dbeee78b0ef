/**
 * Mantine in our clothes: every colour, size and radius of its variables points at a token of web/ui/tokens.css, which flips by scheme
 * and follows the tenant's brand. No colour is written here. Called by the app.
 */
import { Badge, Button, type CSSVariablesResolver, createTheme, Input, type MantineColorsTuple } from '@mantine/core';
import type { Tone } from '../ui/appointment-status.ts';

/** Ten times the same token: the variants Mantine would compute from a tuple are written below, because it cannot read variables. */
const flat = (token: string): MantineColorsTuple => {
  const color = `var(--${token})`;
  return [color, color, color, color, color, color, color, color, color, color];
};

/** Mantine's light greys by what it uses them for: 0–2 grounds, 3 lines, 4 borders of controls, 5–7 faint texts, 8–9 text. */
const gray: MantineColorsTuple = [
  'var(--sunken)',
  'var(--sunken)',
  'var(--line)',
  'var(--line)',
  'var(--line-control)',
  'var(--text-3)',
  'var(--text-3)',
  'var(--text-2)',
  'var(--text)',
  'var(--text)',
];

/** Its dark greys: 0–2 texts, 3 faint text, 4 lines, 5 hover, 6–7 surfaces, 8–9 the ground below. */
const dark: MantineColorsTuple = [
  'var(--text)',
  'var(--text)',
  'var(--text-2)',
  'var(--text-3)',
  'var(--line)',
  'var(--sunken)',
  'var(--surface)',
  'var(--surface)',
  'var(--page)',
  'var(--page)',
];

/** Mantine's colour names by the tone they stand for. */
const TONE_OF = { yellow: 'warning', green: 'success', cyan: 'info', red: 'danger', gray: 'neutral' } as const;

/** The theme; `closeLabel` names the × of notifications in the reader's language. */
export const themeFor = (closeLabel: string) =>
  createTheme({
    primaryColor: 'accent',
    colors: {
      accent: flat('accent'),
      yellow: flat('warning'),
      green: flat('success'),
      cyan: flat('info'),
      red: flat('danger'),
      gray,
      dark,
    },
    fontFamily: 'var(--font)',
    fontFamilyMonospace: 'var(--font-code)',
    fontSizes: {
      xs: 'var(--size-meta)',
      sm: 'var(--size-label)',
      md: 'var(--size-body)',
      lg: 'var(--size-card)',
      xl: 'var(--size-page)',
    },
    lineHeights: {
      xs: 'var(--line-meta)',
      sm: 'var(--line-label)',
      md: 'var(--line-body)',
      lg: 'var(--line-card)',
      xl: 'var(--line-page)',
    },
    fontWeights: { regular: '400', medium: '600', bold: '600' },
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: 'var(--size-page)', lineHeight: 'var(--line-page)' },
        h2: { fontSize: 'var(--size-card)', lineHeight: 'var(--line-card)' },
        h3: { fontSize: 'var(--size-body)', lineHeight: 'var(--line-body)' },
      },
    },
    radius: { sm: 'var(--radius-control)', md: 'var(--radius-card)', lg: 'var(--radius-sheet)' },
    defaultRadius: 'sm',
    shadows: {
      xs: 'none',
      sm: 'none',
      md: 'var(--shadow-float)',
      lg: 'var(--shadow-float)',
      xl: 'var(--shadow-float)',
    },
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': closeLabel } } },
      // Its two small buttons are missed by a finger; arrow keys do the same.
      NumberInput: { defaultProps: { hideControls: true } },
      Paper: { defaultProps: { radius: 'md' } },
      Badge: Badge.extend({
        vars: () => ({ root: { '--badge-fz': 'var(--size-label)', '--badge-height': '1.375rem' } }),
      }),
      Input: Input.extend({ vars: () => ({ wrapper: { '--input-fz': 'var(--control-text)' } }) }),
      // Mantine picks white or black for its own shades; the brand brings the colour that is safe on its fill.
      Button: Button.extend({
        vars: (_theme, props) => ({
          root: {
            '--button-fz': props.size === 'xs' ? 'var(--size-label)' : 'var(--size-body)',
            ...((props.variant ?? 'filled') === 'filled' && {
              '--button-color': props.color === undefined ? 'var(--on-accent)' : 'var(--on-danger-fill)',
            }),
          },
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

const ground = (color: string, token: string, onGround: string): Record<string, string> => ({
  [`--mantine-color-${color}-light`]: token,
  [`--mantine-color-${color}-light-hover`]: token,
  [`--mantine-color-${color}-light-color`]: onGround,
  [`--mantine-color-${color}-text`]: onGround,
  [`--mantine-color-${color}-outline-hover`]: token,
});

/** Written for each scheme, because Mantine writes its own there; the tokens themselves know the scheme. */
const shared: Record<string, string> = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-error': 'var(--danger-text)',
  '--mantine-color-success': 'var(--success)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-outline': 'var(--accent-text)',
  '--mantine-color-red-filled': 'var(--danger-fill)',
  '--mantine-color-red-filled-hover': 'color-mix(in srgb, var(--danger-fill) 88%, black)',
  ...ground('accent', 'var(--accent-tint)', 'var(--accent-text)'),
  ...Object.fromEntries(
    Object.entries(TONE_OF).flatMap(([color, tone]) => [
      [`--mantine-color-${color}-outline`, `var(--${tone})`],
      ...Object.entries(ground(color, `var(--${tone}-ground)`, `var(--${tone}-text)`)),
    ]),
  ),
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
