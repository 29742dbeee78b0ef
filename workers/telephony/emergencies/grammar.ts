/** Pure: the small pattern language of the tables, and where its patterns stand in a text. Called by reading.ts. */

/** A sign names what happened in one class; its syntax is explained in README.md. */
export interface Tables {
  /** Named alternatives, used as `<name>` in other entries and signs. */
  readonly words: Readonly<Record<string, string>>;
  /** One class a key, one sign a line. */
  readonly signs: Readonly<Record<(typeof EMERGENCY_CLASSES)[number], string>>;
  /** What is said around an emergency, each line with its weight: enough of it counts although no sign stands there. */
  readonly hints: string;
  /** Spelling to sound, so that one entry serves every way a dialect is written down. */
  readonly sound: (text: string) => string;
}

/** In this order: where two could be read, the first decides what the caller is answered. */
export const EMERGENCY_CLASSES = [
  'suicidal',
  'gas',
  'fire',
  'collapsed',
  'not_reacting',
  'not_breathing',
  'blue',
  'bleeding',
  'swallowed',
  'chest_pain',
  'stroke',
  'seizure',
  'choking',
  'intruder',
  'fall',
  'called',
] as const;
/** `several`: no sign stands there, but much that is said around one. */
export type EmergencyClass = (typeof EMERGENCY_CLASSES)[number] | 'several';

/** Words between the first and the last part of one sign: about one long spoken sentence. */
const REACH = 14;
/** Letters, the comma of a clause border, never the full stop: a gap stays inside its sentence. */
const GAP = '(?:[a-z0-9,]+ ){0,4}?';
/** `~~` stays inside the clause, `~~~` inside the sentence. */
const FAR_GAP = '(?:[a-z0-9]+ ){0,8}?';
const FARTHEST_GAP = '(?:[a-z0-9,]+ ){0,15}?';

/** How a short stem goes on (`fall*`), so that it does not meet other words (falsch). */
const INFLECTED = '(?:[ea][a-z]*|n|t[a-z]*|st|s)?';

/** Bounds of a match in words. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Place extends Span {
  readonly parts: readonly Span[];
}

/** A text as words: clause borders are the words `,` and `.`, so that patterns can see them. */
export interface Heard {
  readonly line: string;
  /** Offset in `line` → index of the word that begins there. */
  readonly wordAt: Int16Array;
  readonly words: readonly string[];
}

export function hear(line: string): Heard {
  const words = line.trim().split(' ');
  const wordAt = new Int16Array(line.length + 1).fill(-1);
  let offset = 1;
  for (const [index, word] of words.entries()) {
    wordAt[offset] = index;
    offset += word.length + 1;
  }
  return { line, wordAt, words };
}

type Pattern = RegExp;

/** Makes expressions of entries: `*` is the rest of a word, `~` up to four words, `(` never captures, `<name>` another entry. */
class Compiler {
  private readonly tables: Tables;
  private readonly expanded = new Map<string, string>();
  private readonly patterns = new Map<string, Pattern>();
  constructor(tables: Tables) {
    this.tables = tables;
  }

  pattern(entry: string): Pattern {
    const known = this.patterns.get(entry);
    if (known) return known;
    const made = new RegExp(`(?<= )(?:${this.expand(entry)})(?= )`, 'g');
    this.patterns.set(entry, made);
    return made;
  }

  private expand(entry: string): string {
    return entry
      .trim()
      .split(/(<[A-Za-z]+>|\[[^\]]*\](?:[*+?]|\{[0-9,]+\})?)/)
      .map((part) =>
        part.startsWith('[') ? part : part.startsWith('<') ? `(?:${this.word(part.slice(1, -1))})` : this.letters(part),
      )
      .join('');
  }

  private letters(part: string): string {
    return (
      this.tables
        .sound(part)
        .replace(/\((?!\?)/g, '(?:')
        .replaceAll('*', '[a-z]*')
        .replaceAll('§', INFLECTED)
        // an optional group takes the space behind it along
        .replaceAll(')? ', ')?¦')
        .replaceAll(' ?', '¦')
        .replace(/ (?!~|$)/g, ' (?:, )?')
        .replaceAll('¦', '(?: (?:, )?)?')
        .replaceAll('~~~', FARTHEST_GAP)
        .replaceAll('~~', FAR_GAP)
        .replaceAll('~', GAP)
    );
  }

  private word(name: string): string {
    const known = this.expanded.get(name);
    if (known !== undefined) return known;
    const entry = this.tables.words[name];
    if (entry === undefined) throw new Error(`emergency tables: <${name}> is not known`);
    const made = this.expand(entry);
    this.expanded.set(name, made);
    return made;
  }
}

export interface Sign {
  readonly parts: readonly Pattern[];
  readonly without: readonly Pattern[];
  /** `!`: a "not" belongs to it, so none cancels it. */
  readonly notNegatable: boolean;
  /** `?`: a word that is also said in passing: anything harmless beside it cancels it. */
  readonly weak: boolean;
}

export interface Grammar {
  readonly signs: ReadonlyMap<EmergencyClass, readonly Sign[]>;
  readonly hints: readonly { readonly weight: number; readonly pattern: Pattern }[];
  readonly cue: (name: string) => Pattern;
}

export function grammarOf(tables: Tables): Grammar {
  const compiler = new Compiler(tables);
  const pattern = (entry: string): Pattern => compiler.pattern(entry);
  const signs = new Map<EmergencyClass, Sign[]>();
  for (const name of EMERGENCY_CLASSES)
    signs.set(
      name,
      tables.signs[name]
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => {
          const [parts = '', ...without] = line.replace(/^[!?] /, '').split(' - ');
          return {
            parts: parts.split(' & ').map(pattern),
            without: without.map(pattern),
            notNegatable: line.startsWith('!'),
            weak: line.startsWith('?'),
          };
        }),
    );
  const hints = tables.hints
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ weight: Number(line[0]), pattern: pattern(line.slice(2)) }));
  return { signs, hints, cue: (name) => pattern(`<${name}>`) };
}

/** Where patterns stand in one text; each is looked for once. */
export class Findings {
  private readonly found = new Map<Pattern, readonly Span[]>();
  private readonly heard: Heard;
  constructor(heard: Heard) {
    this.heard = heard;
  }

  of(pattern: Pattern): readonly Span[] {
    const known = this.found.get(pattern);
    if (known) return known;
    const spans: Span[] = [];
    // `matchAll` would make a copy of the expression, hundreds of times for each text.
    pattern.lastIndex = 0;
    for (let match = pattern.exec(this.heard.line); match; match = pattern.exec(this.heard.line)) {
      if (match[0] === '') pattern.lastIndex++;
      const from = this.heard.wordAt[match.index] ?? -1;
      const text = match[0].trim();
      if (text !== '' && from >= 0) spans.push({ from, to: from + text.split(' ').length - 1 });
    }
    this.found.set(pattern, spans);
    return spans;
  }

  /** Every place where all parts of the sign stand within reach of its first one. */
  places(sign: Sign): Place[] {
    const [first, ...others] = sign.parts;
    if (first === undefined) return [];
    const places: Place[] = [];
    for (const anchor of this.of(first)) {
      const parts = [anchor];
      const complete = others.every((part) => {
        const near = this.of(part)
          .filter(
            (span) =>
              !(span.from === anchor.from && anchor.from === anchor.to) &&
              !same(span, anchor) &&
              distance(span, anchor) <= REACH,
          )
          .sort((a, b) => distance(a, anchor) - distance(b, anchor))[0];
        if (!near) return false;
        parts.push(near);
        return true;
      });
      const around = { from: anchor.from - 6, to: anchor.to + 6 };
      if (complete && !sign.without.some((pattern) => this.of(pattern).some((span) => overlaps(span, around))))
        places.push({
          from: Math.min(...parts.map((part) => part.from)),
          to: Math.max(...parts.map((part) => part.to)),
          parts,
        });
    }
    return places;
  }
}

export const overlaps = (a: Span, b: Span): boolean => a.from <= b.to && b.from <= a.to;
const same = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;
const distance = (a: Span, b: Span): number => (overlaps(a, b) ? 0 : a.from > b.to ? a.from - b.to : b.from - a.to);
