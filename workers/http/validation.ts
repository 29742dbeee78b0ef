/** Turns zod issues into `{field: [text]}` in the caller's language. Called by module-routes.ts; pure. */
import type { ZodError, core } from 'zod';
import type { TextRule } from '../../shared/contract/parts.ts';
import { validationDe } from '../../shared/i18n/compiled/validation.de.ts';
import { validationEn } from '../../shared/i18n/compiled/validation.en.ts';
import { DEFAULT_LANGUAGE, type Language } from '../../shared/i18n/language.ts';
import { MAX_PATH_LENGTH } from './texts.ts';

/** A hostile body can fail in thousands of places; the answer names the first ones. */
const MAX_FIELDS = 50;
const MAX_TEXTS_PER_FIELD = 5;
/** Field of issues that concern the body as a whole. */
const WHOLE_BODY = 'body';

const CATALOGUES = { de: validationDe, en: validationEn } as const satisfies Record<Language, unknown>;
type Texts = typeof validationDe;
/** What a field of the contract asks of a text has its own sentence. */
const RULES = { line: 'line', personName: 'personName' } as const satisfies Record<TextRule, keyof Texts>;

/** Field path (`events.0.quantity`) → texts; never more than 50 fields with 5 texts each. */
export function fieldErrors(error: ZodError, language: Language | undefined): Record<string, string[]> {
  const texts = CATALOGUES[language ?? DEFAULT_LANGUAGE];
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
  for (const path of paths) errors[path || WHOLE_BODY] = [CATALOGUES[language ?? DEFAULT_LANGUAGE].hidden];
  return errors;
}

/** The same shape for members that nobody knows. */
export function unknownErrors(paths: readonly string[], language: Language | undefined): Record<string, string[]> {
  const texts = CATALOGUES[language ?? DEFAULT_LANGUAGE];
  const errors: Record<string, string[]> = Object.create(null);
  for (const path of paths) {
    const name = path.slice(0, MAX_PATH_LENGTH);
    errors[name] = [texts.unknown_keys({ keys: name })];
  }
  return errors;
}

function describe(issue: core.$ZodIssue, texts: Texts): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue) ? texts.required : texts.type({ expected: issue.expected });
    case 'too_small':
      return issue.origin === 'string'
        ? texts.too_short({ min: Number(issue.minimum) })
        : texts.too_small({ min: String(issue.minimum) });
    case 'too_big':
      return issue.origin === 'string'
        ? texts.too_long({ max: Number(issue.maximum) })
        : texts.too_big({ max: String(issue.maximum) });
    case 'invalid_format':
      return texts.format({ format: issue.format });
    case 'invalid_value':
      return texts.choice({ values: issue.values.slice(0, 20).map(String).join(', ') });
    case 'unrecognized_keys':
      return texts.unknown_keys({ keys: issue.keys.slice(0, 10).join(', ').slice(0, MAX_PATH_LENGTH) });
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
      return rule === 'line' || rule === 'personName' ? texts[RULES[rule]] : issue.message || texts.invalid;
    }
  }
}

/** zod leaves the input out of its issues; the default message is the only trace of a missing value. */
const isMissing = (issue: core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && /received undefined/.test(issue.message);
