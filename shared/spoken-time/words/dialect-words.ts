/**
 * Words of Swiss German and of Bavarian with Austrian: each line holds the standard words first (`_` for a space), then the forms. A form is
 * written folded, or in plain spelling (`plainSpelling` in dialect.ts), which many spellings share. Read by dialect.ts only.
 */
import { BAVARIAN, BAVARIAN_WEAK } from './dialect-bavarian.ts';
import { SWISS, SWISS_WEAK } from './dialect-swiss.ts';

/** Forms of both dialects that no sentence in standard German or English holds. */
const SOUTHERN = `morgen morge
schon scho
mittags zmitag
zu_frueh zfrueh
zu_spaet zspaet zspat
jetzt jetz iez ietz iatz iatzt iazt jetza etz etza hiatz
dreikoenig dreikini drikoenig
jederzeit jederziit jederzyt jederziet
oder oda odr odar
ende aends aendi
nach_dem nochem nochm
statt astatt statts
uebernaechste uebanexte iwanexte
frueh frieh froeih froei freeh freih fruhr
ungefaehr ungfaehr ungfaer ungfaea ungfea
gemacht gmacht gmachet gmocht`;

const tableOf = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines.split('\n').flatMap((line) => {
      const [to = '', ...forms] = line.split(' ');
      return forms.map((form) => [form, to.replace('_', ' ')] as const);
    }),
  );

export const southern = tableOf(SOUTHERN);
export const unmistakable = { swiss: tableOf(SWISS), bavarian: tableOf(BAVARIAN) } as const;
export const ambiguous = { swiss: tableOf(SWISS_WEAK), bavarian: tableOf(BAVARIAN_WEAK) } as const;
