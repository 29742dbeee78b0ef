/** Folds what a caller said to the one spelling that the word tables use. Called by the tokeniser and for the words to ignore. */
import { foldLetters } from '../../fold-letters.ts';

/** "we'd" without its apostrophe would be a Wednesday. */
const SPOKEN_OUT: Record<string, string> = { d: 'would', ll: 'will', re: 'are', ve: 'have' };

/** Lower case without umlauts, accents, quotes and control characters; punctuation that parts clauses becomes a comma. */
export function fold(text: string): string {
  return foldLetters(text)
    .replace(/(\d) ?: ?(?=\d{1,2}(?!\d))/g, '$1:')
    .replace(/(\d{1,2}),(\d{2})(?= ?uhr)/g, '$1:$2')
    .replace(/(day|tomorrow|noon|appointment)[’'`´‘]s(?![a-z])/g, '$1 is')
    .replace(
      /(?<![a-z])(we|he|she|they|you)[’'`´‘](d|ll|re|ve)(?![a-z])/g,
      (_w, who: string, verb: string) => `${who} ${SPOKEN_OUT[verb] ?? ''}`,
    )
    .replace(/[’'`´‘]/g, '')
    .replaceAll('⁄', '/')
    .replaceAll('€', ' euro ')
    .replaceAll('%', ' prozent ')
    .replace(/§/g, ' ')
    .replace(/([ap])\.\s?m\.?(?![a-z])/g, '§$1m')
    .replace(/[–—−]/g, '-')
    .replace(/[;!?()[\]{}]|:(?!\d)/g, ', ')
    .replace(/[^a-z0-9§.,:/\s-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
