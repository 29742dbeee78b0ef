/** The address whose page is drawn first: the one asked for, or the start page that it leads to. Called by the entry. */
import { firstAnswers } from '../ui/page-data.ts';
import { startPathOf } from './shell/navigation.ts';

export function startPathHere(): string {
  const { pathname } = location;
  const { me } = firstAnswers();
  const isStart = /^\/(admin|reseller)(\/login)?\/?$/.test(pathname);
  return isStart && me ? startPathOf(me) : pathname;
}
