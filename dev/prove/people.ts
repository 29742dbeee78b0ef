/** The people of a large tenant, the same in every run: names as often as they are met, ids by number. Pure; called by lists.ts and tenant-rows.ts. */

export const SEED = 20_261_121;

/** Mulberry32: the same tenant in every run. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIRST = ['Anna', 'Jürgen', 'Jörg', 'Işıl', 'Maria', 'Peter', 'Zoë', 'Sören', 'Günter', 'Mehmet'];
const LAST = ['Müller', 'Groß', 'Çelik', 'Schäfer', 'Weiß', 'Köhler', 'Meyer', 'Yıldız', 'Schröder', 'Bauer'];
const SYLLABLES = [
  'ba',
  'del',
  'fin',
  'gor',
  'hau',
  'kel',
  'lin',
  'mar',
  'nor',
  'pöl',
  'rei',
  'sen',
  'tü',
  'wen',
  'zim',
];
const syllables = (n: number, count: number): string =>
  Array.from({ length: count }, (_, i) => SYLLABLES[Math.floor(n / SYLLABLES.length ** i) % SYLLABLES.length]).join('');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** 150 first and 500 last names, the front ones much more often. */
const firstName = (r: number): string => {
  const n = Math.floor(150 * r ** 1.6);
  return FIRST[n] ?? capital(syllables(n, 2));
};
const lastName = (r: number): string => {
  const n = Math.floor(500 * r ** 1.6);
  return LAST[n] ?? capital(syllables(n, 3));
};

export const customerId = (n: number): string => `cus_${String(n).padStart(9, '0')}`;

/** The person with a number: the same whenever it is asked. */
export function personOf(n: number): { first: string; last: string } {
  const next = random(SEED + n * 2_654_435_761);
  next();
  return { first: firstName(next()), last: lastName(next()) };
}
