/** Turns zod issues into `{field: [text]}` in the caller's language. Called by room.ts; pure. */
import type { ZodError, core } from 'zod';
import type { TextRule } from '../../shared/contract/parts.ts';
import { DEFAULT_LANGUAGE, type Language } from '../../shared/i18n/language.ts';
import { MAX_PATH_LENGTH } from './texts.ts';

/** A hostile body can fail in thousands of places; the answer names the first ones. */
const MAX_FIELDS = 50;
const MAX_TEXTS_PER_FIELD = 5;
/** Field of issues that concern the body as a whole. */
const WHOLE_BODY = 'body';

type Texts = Record<TextRule, string> & {
  required: string;
  type: (expected: string) => string;
  tooSmall: (bound: string, kind: string) => string;
  tooBig: (bound: string, kind: string) => string;
  format: (format: string) => string;
  choice: (values: string) => string;
  unknownKeys: (keys: string) => string;
  invalid: string;
  hidden: string;
};

const TEXTS: Record<Language, Texts> = {
  de: {
    required: 'Pflichtfeld.',
    type: (expected) => `Erwartet: ${expected}.`,
    tooSmall: (bound, kind) => (kind === 'text' ? `Mindestens ${bound} Zeichen.` : `Mindestens ${bound}.`),
    tooBig: (bound, kind) => (kind === 'text' ? `Höchstens ${bound} Zeichen.` : `Höchstens ${bound}.`),
    format: (format) => `Kein gültiges Format (${format}).`,
    choice: (values) => `Erlaubt: ${values}.`,
    unknownKeys: (keys) => `Unbekannt: ${keys}.`,
    invalid: 'Ungültiger Wert.',
    hidden: 'Enthält Steuerzeichen oder unsichtbare Zeichen.',
    line: 'Eine Zeile ohne Zeilenumbruch, Tabulator und unsichtbare Zeichen.',
    personName:
      "Ein Name aus Buchstaben, Ziffern, Leerzeichen und - ' . & ( ) / , – keine anderen Zeichen, keine Internetadresse.",
  },
  en: {
    required: 'Required.',
    type: (expected) => `Expected: ${expected}.`,
    tooSmall: (bound, kind) => (kind === 'text' ? `At least ${bound} characters.` : `At least ${bound}.`),
    tooBig: (bound, kind) => (kind === 'text' ? `At most ${bound} characters.` : `At most ${bound}.`),
    format: (format) => `Not a valid format (${format}).`,
    choice: (values) => `Allowed: ${values}.`,
    unknownKeys: (keys) => `Unknown: ${keys}.`,
    invalid: 'Invalid value.',
    hidden: 'Holds control characters or characters that cannot be seen.',
    line: 'One line, without line ends, tabs and characters that cannot be seen.',
    personName: "A name of letters, digits, spaces and - ' . & ( ) / , – no other signs and no web address.",
  },
};

/** Field path (`events.0.quantity`) → texts; never more than 50 fields with 5 texts each. */
export function fieldErrors(error: ZodError, language: Language | undefined): Record<string, string[]> {
  const texts = TEXTS[language ?? DEFAULT_LANGUAGE];
  // A null prototype: `__proto__` is a legal field name from outside.
  const errors: Record<string, string[]> = Object.create(null);
  let fields = 0;
  for (const issue of error.issues) {
    const path = issue.path.map(String).join('.').slice(0, MAX_PATH_LENGTH) || WHOLE_BODY;
    const known = errors[path];
    if (known === undefined) {
      if (fields >= MAX_FIELDS) continue;
      fields++;
      errors[path] = [describe(issue, texts)];
    } else if (known.length < MAX_TEXTS_PER_FIELD) {
      const text = describe(issue, texts);
      if (!known.includes(text)) known.push(text);
    }
  }
  return errors;
}

/** The same shape for texts that hold invisible characters. */
export function hiddenErrors(paths: readonly string[], language: Language | undefined): Record<string, string[]> {
  const errors: Record<string, string[]> = Object.create(null);
  for (const path of paths) errors[path || WHOLE_BODY] = [TEXTS[language ?? DEFAULT_LANGUAGE].hidden];
  return errors;
}

const kindOf = (origin: string): string => (origin === 'string' ? 'text' : origin);

function describe(issue: core.$ZodIssue, texts: Texts): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue) ? texts.required : texts.type(issue.expected);
    case 'too_small':
      return texts.tooSmall(String(issue.minimum), kindOf(issue.origin));
    case 'too_big':
      return texts.tooBig(String(issue.maximum), kindOf(issue.origin));
    case 'invalid_format':
      return texts.format(issue.format);
    case 'invalid_value':
      return texts.choice(issue.values.slice(0, 20).map(String).join(', '));
    case 'unrecognized_keys':
      return texts.unknownKeys(issue.keys.slice(0, 10).join(', ').slice(0, MAX_PATH_LENGTH));
    case 'invalid_union':
      // A missing id is "required", not a list of the union's members.
      return issue.errors.length > 0 && issue.errors.every((branch) => branch.some(isMissing))
        ? texts.required
        : texts.invalid;
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return texts.invalid;
    case 'custom': {
      const rule: unknown = issue.params?.['says'];
      return rule === 'line' || rule === 'personName' ? texts[rule] : issue.message || texts.invalid;
    }
  }
}

/** zod leaves the input out of its issues; the default message is the only trace of a missing value. */
const isMissing = (issue: core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && /received undefined/.test(issue.message);
