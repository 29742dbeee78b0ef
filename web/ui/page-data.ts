/**
 * What came along with the page: answers to its first questions, given before any script ran. Each is handed out once and counts only in the
 * language it was given in. Called by the API client and by hooks that draw it in their first render.
 */
import type { Me, MeResponse } from '../../shared/contract/identity.ts';
import { addressOf, type InlinedAnswer, ME, PAGE_DATA_ID, type PageData } from '../../shared/page-data.ts';
import { currentLanguage } from './language.ts';

export interface FirstAnswers {
  /** who is signed in; null where the page knew nobody */
  me: Me | null;
  /** The answer to a GET without using it up; null when none came. */
  peek(path: string, query?: Readonly<Record<string, unknown>>): InlinedAnswer | null;
  /** The same, once. */
  take(path: string, query?: Readonly<Record<string, unknown>>): InlinedAnswer | null;
}

/** Pure: answers by address. @param language that the page speaks */
export function firstAnswersOf(data: PageData | null, language: (me: Me | null) => string): FirstAnswers {
  const given = data?.answers ?? {};
  const me = (given[ME]?.body as MeResponse | undefined)?.data ?? null;
  const left = new Map(data !== null && data.language === language(me) ? Object.entries(given) : []);
  left.delete(ME);
  const peek = (path: string, query?: Readonly<Record<string, unknown>>): InlinedAnswer | null =>
    left.get(addressOf(path, query)) ?? null;
  return {
    me,
    peek,
    take: (path, query) => {
      const found = peek(path, query);
      left.delete(addressOf(path, query));
      return found;
    },
  };
}

function readPage(): PageData | null {
  const text = document.getElementById(PAGE_DATA_ID)?.textContent;
  return text ? (JSON.parse(text) as PageData) : null;
}

let read: FirstAnswers | null = null;

/** Of this page; read when first asked for. */
export function firstAnswers(): FirstAnswers {
  read ??= firstAnswersOf(readPage(), (me) => currentLanguage(me?.user?.language));
  return read;
}
