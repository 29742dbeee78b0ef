import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const web = path.resolve(import.meta.dirname, '../../web');
const css = readFileSync(path.join(web, 'ui', 'tokens.css'), 'utf8');

/** Tokens with a plain colour, of one scheme. */
function colorsOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf('\n}', start));
  return new Map([...body.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}
const light = colorsOf(':root');
const dark = new Map([...light, ...colorsOf(':root[data-mantine-color-scheme="dark"]')]);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the tokens, %s', (_, colors) => {
  const of = (name: string): string => {
    const color = colors.get(name);
    if (color === undefined) throw new Error(`no token --${name}`);
    return color;
  };

  it.each([
    ['line-control', 'surface', 3],
    ['line-control', 'page', 3],
    ...['text', 'text-2', 'text-3'].flatMap((text) =>
      ['page', 'surface', 'sunken'].map((ground) => [text, ground, 4.5] as const),
    ),
    ...['success', 'warning', 'danger', 'info', 'neutral'].flatMap(
      (tone) =>
        [
          [`${tone}-text`, `${tone}-ground`, 6.5],
          [`${tone}-text`, 'surface', 4.5],
          [tone, 'surface', 3],
        ] as const,
    ),
    ['on-danger-fill', 'danger-fill', 4.5],
  ] as const)('--%s on --%s has at least %f : 1', (text, ground, least) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(least);
  });
});

it('no file of the web apps but the tokens writes a colour', () => {
  const found = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(css|tsx?)$/.test(name) && !/\.test\.tsx?$|tokens\.css$/.test(name))
    .flatMap((name) =>
      [...readFileSync(path.join(web, name), 'utf8').matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi)].map(
        (match) => `${name}: ${match[0]}`,
      ),
    );
  expect(found).toEqual([]);
});
