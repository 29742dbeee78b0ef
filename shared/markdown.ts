/**
 * Pure: the markdown of legal texts as a tree of known parts: headings, paragraphs, lists, strong, emphasis, links. There is no part for HTML,
 * so what is written as such stays text, and whoever draws the tree escapes every text. Called by the public page and by the panel's preview.
 */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis'; parts: readonly Inline[] }
  | { kind: 'link'; href: string; parts: readonly Inline[] }
  | { kind: 'break' };

export type Block =
  /** level 2 to 4: the page's own title is the first */
  | { kind: 'heading'; level: 2 | 3 | 4; parts: readonly Inline[] }
  | { kind: 'paragraph'; parts: readonly Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: readonly (readonly Inline[])[] };

/** Deeper emphasis inside emphasis is text. */
const MAX_DEPTH = 4;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const BULLET = /^\s{0,3}[-*+]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,4})[.)]\s+(.*)$/;
/** What a link may lead to: pages, mails, calls, places of this host. */
const SAFE_HREF = /^(https?:\/\/[^\s]+|mailto:[^\s]+|tel:[+\d][\d\s/-]*|\/(?![/\\])[^\s]*|#[^\s]*)$/i;

/** The text as blocks, in their order; an empty text has none. */
export function readMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const endParagraph = (): void => {
    if (lines.length > 0) blocks.push({ kind: 'paragraph', parts: inLines(lines) });
    lines = [];
  };
  for (const line of source.replace(/\r\n?/g, '\n').split('\n')) {
    if (line.trim() === '') {
      endParagraph();
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading) {
      endParagraph();
      const level = Math.min(4, Math.max(2, (heading[1]?.length ?? 1) + 1)) as 2 | 3 | 4;
      blocks.push({ kind: 'heading', level, parts: readInline(heading[2] ?? '') });
      continue;
    }
    const bullet = BULLET.exec(line);
    const number = bullet === null ? NUMBER.exec(line) : null;
    if (bullet || number) {
      endParagraph();
      const item = readInline((bullet?.[1] ?? number?.[2] ?? '').trim());
      const last = blocks.at(-1);
      const ordered = number !== null;
      if (last?.kind === 'list' && last.ordered === ordered)
        blocks[blocks.length - 1] = { ...last, items: [...last.items, item] };
      else blocks.push({ kind: 'list', ordered, start: Number(number?.[1] ?? 1), items: [item] });
      continue;
    }
    lines.push(line);
  }
  endParagraph();
  return blocks;
}

/** Lines of one paragraph: two spaces or a backslash at the end of a line break it, as does a line of an address. */
function inLines(lines: readonly string[]): Inline[] {
  const parts: Inline[] = [];
  lines.forEach((line, at) => {
    const breaks = / {2,}$|\\$/.test(line);
    parts.push(...readInline(line.replace(/\\$/, '').trim()));
    if (at < lines.length - 1) parts.push(breaks ? { kind: 'break' } : { kind: 'text', text: ' ' });
  });
  return parts;
}

/** One mark at a time, the leftmost first; what has no end is text. */
function readInline(text: string, depth = 0): Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  const say = (): void => {
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const found = depth < MAX_DEPTH ? markAt(text, at, depth) : null;
    if (found === null) {
      // A backslash takes a mark its meaning.
      const escaped = text[at] === '\\' && /[\\*_[\]()#+.-]/.test(text[at + 1] ?? '');
      plain += escaped ? (text[at + 1] ?? '') : (text[at] ?? '');
      at += escaped ? 2 : 1;
      continue;
    }
    say();
    parts.push(found.part);
    at = found.end;
  }
  say();
  return parts;
}

/** Longest text between a mark and its end, so that no text is slow to read. */
const MAX_MARKED = 2_000;

function markAt(text: string, at: number, depth: number): { part: Inline; end: number } | null {
  for (const [mark, kind] of [
    ['**', 'strong'],
    ['__', 'strong'],
    ['*', 'emphasis'],
  ] as const) {
    if (!text.startsWith(mark, at)) continue;
    const from = at + mark.length;
    const end = text.slice(0, from + MAX_MARKED).indexOf(mark, from + 1);
    if (end < 0 || text[from] === ' ' || text[end - 1] === ' ') return null;
    return { part: { kind, parts: readInline(text.slice(from, end), depth + 1) }, end: end + mark.length };
  }
  if (text[at] !== '[') return null;
  const link = /^\[([^\]]{1,500})\]\(([^()\s]{1,500})\)/.exec(text.slice(at, at + MAX_MARKED));
  const [whole = '', words = '', href = ''] = link ?? [];
  if (link === null || !SAFE_HREF.test(href)) return null;
  return { part: { kind: 'link', href, parts: readInline(words, depth + 1) }, end: at + whole.length };
}
