/** Markdown of legal texts: known parts, everything else text; quick for whatever somebody pastes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Inline, readMarkdown } from './markdown.ts';

const text = (words: string): Inline => ({ kind: 'text', text: words });
const paragraph = (...parts: Inline[]): Block => ({ kind: 'paragraph', parts });

/** All words of a tree, in their order. */
const wordsOf = (parts: readonly Inline[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : part.kind === 'break' ? '\n' : wordsOf(part.parts))).join('');
const linksOf = (parts: readonly Inline[]): string[] =>
  parts.flatMap((part) => [
    ...(part.kind === 'link' ? [part.href] : []),
    ...('parts' in part ? linksOf(part.parts) : []),
  ]);
const inlinesOf = (blocks: readonly Block[]): Inline[] =>
  blocks.flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.parts));

describe('markdown', () => {
  it.each<[string, Block[]]>([
    ['', []],
    ['eins\nzwei', [paragraph(text('eins'), text(' '), text('zwei'))]],
    ['eins\\\nzwei', [paragraph(text('eins'), { kind: 'break' }, text('zwei'))]],
    ['# 1. Geltung', [{ kind: 'heading', level: 2, parts: [text('1. Geltung')] }]],
    ['#### tief', [{ kind: 'heading', level: 4, parts: [text('tief')] }]],
    ['- a\n- b', [{ kind: 'list', ordered: false, start: 1, items: [[text('a')], [text('b')]] }]],
    ['3. c\n4. d', [{ kind: 'list', ordered: true, start: 3, items: [[text('c')], [text('d')]] }]],
    [
      '**fett** und *schräg*',
      [
        paragraph({ kind: 'strong', parts: [text('fett')] }, text(' und '), {
          kind: 'emphasis',
          parts: [text('schräg')],
        }),
      ],
    ],
    ['2 * 3 * 4', [paragraph(text('2 * 3 * 4'))]],
    ['[hier](https://a.test/b)', [paragraph({ kind: 'link', href: 'https://a.test/b', parts: [text('hier')] })]],
    ['<script>alert(1)</script>', [paragraph(text('<script>alert(1)</script>'))]],
    ['§ 203 StGB, Abs. 1', [paragraph(text('§ 203 StGB, Abs. 1'))]],
  ])('%s', (source, blocks) => {
    expect(readMarkdown(source)).toEqual(blocks);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.test', 'JaVaScRiPt:x', 'vbscript:x', '/\\evil.test'])(
    'a link to %s is text',
    (href) => {
      expect(linksOf(inlinesOf(readMarkdown(`[x](${href})`)))).toEqual([]);
    },
  );

  it('loses no word of what was written, and links only where it may', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'wort',
            '**',
            '*',
            '[',
            '](',
            ')',
            '# ',
            '- ',
            '\n',
            '\n\n',
            '<b>',
            ' ',
            'javascript:',
            'https://a.test',
          ),
        ),
        (parts) => {
          const source = parts.join('');
          const inlines = inlinesOf(readMarkdown(source));
          const count = (words: string): number => words.split('wort').length - 1;
          // The address of a link is no word.
          const inLinks = linksOf(inlines).reduce((sum, href) => sum + count(href), 0);
          expect(count(wordsOf(inlines)) + inLinks).toBe(count(source));
          for (const href of linksOf(inlines)) expect(href).toMatch(/^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i);
        },
      ),
    );
  });

  it('reads a long text without ends of its marks in no time', () => {
    const begun = performance.now();
    for (const mark of ['*', '**', '[', '[a](', '__']) readMarkdown(mark.repeat(40_000));
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
