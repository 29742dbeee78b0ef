/** Pure: reads an emergency out of a caller's words, or the reason why the same words are none. Called by ../emergency.ts. */
import { foldLetters } from '../../../shared/fold-letters.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import {
  EMERGENCY_CLASSES,
  type EmergencyClass,
  Findings,
  type Grammar,
  grammarOf,
  type Heard,
  hear,
  overlaps,
  type Place,
  type Sign,
  type Span,
  type Tables,
} from './grammar.ts';

/** Longer text is cut: an emergency is reported at the beginning, and the time of a reading stays bounded. */
const MAX_LENGTH = 2000;
/** A "not" that stands farther from its verb belongs to another one. */
const NEGATION_REACH = 5;

/** Stands where a word was taken out; no table knows it. */
const MASK = 'x0x';

/** Beside a person, so many heavy hints of so much weight: no harmless practice sentence has that. */
const HINTED_HEAVY = 3;
const HINTED_WEIGHT = 7;
const HARMLESS = [
  'past',
  'story',
  'work',
  'product',
  'appointment',
  'hypothetical',
  'conditional',
  'fine',
  'animal',
  'question',
  'denial',
];

interface Tongue {
  readonly tables: Tables;
  readonly grammar: () => Grammar;
}
/** Built with the first sentence of its language: hundreds of expressions, and most isolates never need them. */
const tongueOf = (tables: Tables): Tongue => {
  let made: Grammar | null = null;
  return {
    tables,
    grammar: () => {
      made ??= grammarOf(tables);
      return made;
    },
  };
};
const german = tongueOf(GERMAN);
const english = tongueOf(ENGLISH);

/** Words that only one of the languages has. */
const ENGLISH_WORDS = new Set(
  'the my and to she he his ive its it with you your please there theres cant dont has be are have hes shes for been this that out from our they going isnt wont him hell someone theyre whats'.split(
    ' ',
  ),
);
const GERMAN_WORDS = new Set(
  'der das ich und ist er sie es mein meine ein eine den mit auf nicht zu bei mir isch mei min de het hot hod bitte wir hier von vom noch nur ned net nid noed ganz jetzt ins mis mini sich si ma jetz grad wird kriegt meiner meinem unser unsere'.split(
    ' ',
  ),
);

/** Letters that mean the same become the same; `,` and `.` stay as words of their own. */
function fold(text: string): string {
  return (
    foldLetters(text.slice(0, MAX_LENGTH))
      .replace(/(?<![a-z])([dsz])['’`´](?=[a-z])/g, '$1 ')
      // "the kid's fallen" has a verb in it, "he's" is one word of the tables
      .replace(
        /(?<=[a-z]{3})(?<!\b(?:she|that|there|who|what|let|here|where|how|one|body|nothing))['’`´]s(?![a-z])/g,
        ' s',
      )
      .replace(/['’`´]/g, '')
      .replace(/\.{2,}|[,;:–—…()"„“”]+/g, ' , ')
      .replace(/(?<=[0-9])\.(?=[0-9])/g, '')
      .replace(/[.!?]+/g, ' . ')
      .replace(/[^a-z0-9,.]+/g, ' ')
      .trim()
  );
}

function tonguesOf(folded: string): readonly Tongue[] {
  let en = 0;
  let de = 0;
  for (const word of folded.split(' ')) {
    if (ENGLISH_WORDS.has(word)) en += 1;
    if (GERMAN_WORDS.has(word)) de += 1;
  }
  if (en > de) return [english];
  if (de > en) return [german];
  return [german, english];
}

/** Why a sign is none. */
type Cancel = 'negation' | 'past' | 'fine' | 'story' | 'work' | 'product' | 'hypothetical' | 'pet' | 'appointment';

interface Judged {
  readonly class: EmergencyClass;
  /** What in the text speaks for it: bounds in words. */
  readonly at: Span;
  readonly cancel: Cancel | null;
}

/** Every sign that was found, with what cancels it; the first one without a cancel is the reading. */
export function* judge(text: string): Generator<Judged> {
  const folded = fold(text);
  if (folded === '') return;
  for (const tongue of tonguesOf(folded)) {
    const grammar = tongue.grammar();
    const sounded = tongue.tables.sound(folded);
    const open = hear(` ${sounded} `);
    const line = masked(open, grammar);
    const heard = hear(line);
    const room = new Room(open, heard, grammar);
    for (const name of EMERGENCY_CLASSES)
      for (const sign of grammar.signs.get(name) ?? [])
        for (const at of room.findings.places(sign)) yield { class: name, at, cancel: room.cancelOf(sign, name, at) };
    if (room.hinted()) yield { class: 'several', at: { from: 0, to: heard.words.length - 1 }, cancel: null };
  }
}

/** What happened, by the first sign that nothing cancels. */
export function readClass(text: string): EmergencyClass | null {
  for (const judged of judge(text)) if (judged.cancel === null) return judged.class;
  return null;
}

/** Idioms and names lose their words before anything is read out of them; the places stay. */
function masked(heard: Heard, grammar: Grammar): string {
  const words = [...heard.words];
  const findings = new Findings(heard);
  const named = new Set<string>();
  const nameLike = findings.of(grammar.cue('namelike'));
  for (const span of findings.of(grammar.cue('name')))
    for (const word of nameLike) if (within(word, span)) named.add(heard.words[word.from] ?? MASK);
  for (const cue of ['idiom', 'name'])
    for (const span of findings.of(grammar.cue(cue))) words.fill(MASK, span.from, span.to + 1);
  // whoever says "Feuer is my name, like the fire in the stove" still speaks of the name
  return ` ${words.map((word) => (named.has(word) ? MASK : word)).join(' ')} `;
}

/** One text with its clauses and everything around a sign that can take its meaning away. */
class Room {
  readonly findings: Findings;
  /** With idioms and names: what takes a meaning away may stand in them. */
  private readonly open: Findings;
  private readonly clauseOf: readonly number[];

  private readonly grammar: Grammar;
  private readonly words: readonly string[];

  constructor(open: Heard, heard: Heard, grammar: Grammar) {
    this.grammar = grammar;
    this.open = new Findings(open);
    this.words = heard.words;
    this.findings = new Findings(heard);
    this.clauseOf = clausesOf(heard.words);
  }

  cancelOf(sign: Sign, name: EmergencyClass, at: Place): Cancel | null {
    const clause = this.clause(at);
    // a "now" counts where the event itself is told: "hatte einen Schlaganfall und braucht jetzt Physio" is past
    const event = this.clause(at.parts[0] ?? at);
    const acute = this.within('acute', { from: event.from - 4, to: event.to });
    const now = this.within('now', event);
    if (!sign.notNegatable && this.negated(at)) return 'negation';
    if (this.within('denial', { from: event.from - 8, to: (at.parts[0] ?? at).to })) return 'negation';
    if (name !== 'suicidal' && this.pet(event)) return 'pet';
    const fine = this.all('fine');
    if (fine.some((span) => !(now && span.to < at.from) && !at.parts.some((part) => within(span, part)))) return 'fine';
    if (this.within('past', clause) ? !now : this.has('past') && !acute && name !== 'suicidal') return 'past';
    if (this.has('story') && !(now && this.within('family', event))) return 'story';
    if (
      this.has('work') &&
      !(acute && !this.within('work', clause)) &&
      !(this.within('family', clause) && !this.within('work', clause))
    )
      return 'work';
    if (this.has('hypothetical') && !now) return 'hypothetical';
    if (name !== 'suicidal' && this.within('conditional', event) && !now) return 'hypothetical';
    if (name !== 'suicidal' && this.asked(at) && !now) return 'hypothetical';
    if (this.within('product', clause) && !acute && !sign.notNegatable) return 'product';
    if (sign.weak && !acute && (this.has('product') || this.has('appointment'))) return 'appointment';
    return null;
  }

  /** Enough that is said around an emergency, and nothing at all that speaks against one. */
  hinted(): boolean {
    let weight = 0;
    let heavy = 0;
    for (const hint of this.grammar.hints) {
      if (this.findings.of(hint.pattern).length === 0) continue;
      weight += hint.weight;
      if (hint.weight > 1) heavy += 1;
    }
    if (heavy < HINTED_HEAVY || weight < HINTED_WEIGHT || !this.has('person')) return false;
    const dead = this.all('dead');
    return (
      !HARMLESS.some((cue) => this.has(cue)) &&
      this.all('negation').every((span) => dead.some((taken) => within(span, taken)))
    );
  }

  private all(cue: string): readonly Span[] {
    return (cue === 'animal' || cue === 'person' ? this.findings : this.open).of(this.grammar.cue(cue));
  }
  private has(cue: string): boolean {
    return this.all(cue).length > 0;
  }
  private within(cue: string, bounds: Span): boolean {
    return this.all(cue).some((span) => overlaps(span, bounds));
  }

  /** The clauses the sign touches, as one stretch of words. */
  private clause(at: Span): Span {
    const first = this.clauseOf[at.from];
    const last = this.clauseOf[at.to];
    let { from, to } = at;
    while (from > 0 && this.clauseOf[from - 1] === first) from -= 1;
    while (to + 1 < this.clauseOf.length && this.clauseOf[to + 1] === last) to += 1;
    return { from, to };
  }

  /** A "not" in the sign's own clause that no other verb has taken. */
  private negated(at: Place): boolean {
    const dead = this.all('dead');
    const clause = this.clause(at.parts[0] ?? at);
    const near = {
      from: Math.max(clause.from, at.from - NEGATION_REACH),
      to: Math.min(clause.to, at.to + NEGATION_REACH),
    };
    return this.all('negation').some(
      (span) =>
        overlaps(span, near) &&
        ![...dead, ...at.parts.slice(1).filter((part) => part.to > part.from)].some((taken) => within(span, taken)),
    );
  }

  /** The sentence of the sign opens as a question about what could be. */
  private asked(at: Span): boolean {
    let from = at.from;
    while (from > 0 && this.words[from - 1] !== '.') from -= 1;
    return this.within('question', { from, to: from });
  }

  /** An animal is the subject: it is told of, and no human stands in the sign's own clause. */
  private pet(clause: Span): boolean {
    const animals = this.all('animal');
    if (animals.length === 0) return false;
    if (this.has('bitten') && this.has('person')) return false;
    const human = this.all('person').some(
      (span) =>
        overlaps(span, clause) &&
        !animals.some((animal) => overlaps(animal, span) || (animal.to < span.from && span.from - animal.to <= 3)),
    );
    return !human;
  }
}

const within = (inner: Span, outer: Span): boolean => inner.from >= outer.from && inner.to <= outer.to;

/** Words that open a new clause even when nobody heard a comma. */
const OPENERS = new Set(
  'aber sondern weil obwohl deshalb drum deswegen but because so although though und unt and u'.split(' '),
);

function clausesOf(words: readonly string[]): number[] {
  let clause = 0;
  return words.map((word) => {
    if (word === ',' || word === '.' || OPENERS.has(word)) clause += 1;
    return clause;
  });
}
