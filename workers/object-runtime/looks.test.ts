/** Who looks at a day: forgotten after 45 s of silence, a person's tabs once, everything bounded, days kept apart. */
import { describe, expect, it } from 'vitest';
import { look, type Looks, MAX_DAYS, MAX_PAGES, MAX_PEOPLE, othersOn } from './looks.ts';

const by = (userId: string, page = 'a', isHere = true) => ({ userId, name: `Name ${userId}`, page, isHere });
const seen = (looks: Looks, day = 'd', userId: string | null = null) =>
  othersOn(looks, [day], userId).map((one) => one.userId);

describe('who looks at a day', () => {
  it('sees the others and not oneself', () => {
    const looks: Looks = new Map();
    look(looks, 'd', by('anna'), 0);
    look(looks, 'd', by('jan'), 1);
    expect(seen(looks, 'd', 'anna')).toEqual(['jan']);
    expect(seen(looks, 'd', 'jan')).toEqual(['anna']);
    expect(seen(looks, 'other')).toEqual([]);
  });

  it.each([
    [45_000, ['anna']],
    [45_001, []],
  ])('%d ms after the last sign: %j', (later, expected) => {
    const looks: Looks = new Map();
    look(looks, 'd', by('anna'), 1_000);
    look(looks, 'd', null, 1_000 + later);
    expect(seen(looks)).toEqual(expected);
  });

  it('tabs count once, and the last that leaves is the one that is missed', () => {
    const looks: Looks = new Map();
    look(looks, 'd', by('anna', 'one'), 0);
    look(looks, 'd', by('anna', 'two'), 0);
    expect(seen(looks)).toEqual(['anna']);
    look(looks, 'd', by('anna', 'one', false), 1);
    expect(seen(looks)).toEqual(['anna']);
    look(looks, 'd', by('anna', 'two', false), 2);
    expect(seen(looks)).toEqual([]);
    expect(looks.size).toBe(0);
  });

  it('holds no more people, pages and days than it may, and who is there already stays', () => {
    const looks: Looks = new Map();
    for (let n = 0; n < MAX_PEOPLE + 20; n++) look(looks, 'd', by(`p${n}`), n);
    expect(seen(looks)).toHaveLength(MAX_PEOPLE);
    look(looks, 'd', by('p0'), 100);
    expect(seen(looks)).toContain('p0');
    for (let n = 0; n < MAX_PAGES + 20; n++) look(looks, 'd', by('p0', `page${n}`), 100);
    expect(looks.get('d')?.get('p0')?.pages.size).toBe(MAX_PAGES);
    for (let n = 0; n < MAX_DAYS + 20; n++) look(looks, `day${n}`, by('p0'), 100);
    expect(looks.size).toBe(MAX_DAYS);
    expect(seen(looks, `day${MAX_DAYS + 19}`)).toEqual(['p0']);
  });
});
