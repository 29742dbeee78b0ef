/** Pure: which passwords are taken. Long enough, not among those that are tried first, not made of the account's own words. */
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../shared/password-length.ts';

/** What lists of broken passwords begin with, of those that are long enough; in small letters, without digits at the end. */
const TRIED_FIRST: ReadonlySet<string> = new Set(
  'password passwort qwertzuiop qwertyuiop passwordpassword passwortpasswort iloveyou ichliebedich hallohallo hallowelt geheim administrator willkommen welcome letmein changeme adminadmin abcdefghij abcdefghijk asdfghjkl asdfghjkloe yxcvbnm superman sunshine princess football fussball sommer winter berlin deutschland schalke borussia qazwsxedc qweasdzxc zaqxswcde testtest testpasswort initialpasswort meinpasswort sicherespasswort'.split(
    ' ',
  ),
);
const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertzuiopasdfghjklyxcvbnm',
];
/** Words shorter than this may stand in any password. */
const MIN_WORD = 4;
/** What a password must still have without them. */
const MIN_REST = 6;

/** Why a password is not taken; null: it is. @param own e-mail address and name of the account, which whoever guesses tries first */
export function passwordFault(password: string, own: readonly string[]): 'length' | 'guessable' | null {
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH) return 'length';
  const folded = password.normalize('NFKC').toLowerCase();
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, '');
  const stem = bare.replace(/[0-9]+$/, '');
  if (new Set(folded).size < 5 || TRIED_FIRST.has(stem) || ROWS.some((row) => row.includes(bare))) return 'guessable';
  // What is left of it without the account's own words must still be worth guessing; an address's name counts as a whole too.
  let rest = bare;
  const whole = own.map((text) => (text.toLowerCase().split('@')[0] ?? '').replace(/[^\p{L}\p{N}]/gu, ''));
  for (const word of [...whole, ...own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))])
    if (word.length >= MIN_WORD) rest = rest.replaceAll(word, '');
  return rest.length < MIN_REST && rest.length < bare.length ? 'guessable' : null;
}
