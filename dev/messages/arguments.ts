/** Pure: which values an ICU message takes, and of which type. Called by compile.ts and the catalogue checks. */
import { parse, type Token } from '@messageformat/parser';
import type { Language } from '../../shared/i18n/language.ts';

/** The plural forms of a language (`one`, `other`; French has `many` too), by CLDR. */
const formsOf = (language: Language): Intl.LDMLPluralRule[] =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories;

/** Name → TypeScript type, sorted by name. @throws where the text is no ICU message, or a plural has a form the language lacks */
export function argumentsOf(text: string, language: Language): Record<string, string> {
  const found = new Map<string, string>();
  const forms = formsOf(language);
  collect(parse(text, { cardinal: forms, strict: true }), found, forms);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function collect(tokens: readonly Token[], found: Map<string, string>, forms: readonly string[]): void {
  for (const token of tokens) {
    if ('arg' in token && !/^[a-z][a-z_]*$/.test(token.arg)) throw new Error(`{${token.arg}} is no name of a value`);
    switch (token.type) {
      case 'content':
        // `{{name}}` is read as a value between two braces that are shown
        if (/[{}]/.test(token.value)) throw new Error(`shows a brace: ${token.value}`);
        break;
      case 'argument':
        if (!found.has(token.arg)) found.set(token.arg, 'string | number');
        break;
      case 'plural':
      case 'select': {
        const keys = token.cases.map(({ key }) => key);
        // strict needs `other`; a language's own forms must be there too, or "1 Termine" comes back
        const missing = token.type === 'plural' ? forms.filter((form) => !keys.includes(form)) : [];
        if (missing.length > 0) throw new Error(`{${token.arg}} lacks the form ${missing.join(', ')}`);
        found.set(token.arg, token.type === 'plural' ? 'number' : keys.map((key) => `'${key}'`).join(' | '));
        for (const one of token.cases) collect(one.tokens, found, forms);
        break;
      }
      case 'function':
      case 'selectordinal':
        throw new Error(`{${token.arg}}: hand in the formatted text; ${token.type} is not used here`);
      default:
    }
  }
}
