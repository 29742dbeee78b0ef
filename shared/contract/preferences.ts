/**
 * How a person likes to read and work, kept with the account so that every device has it: typed and small, never a place for data. Read by
 * workers/identity/, the web apps and tests.
 */
import { z } from 'zod';
import { LANGUAGES } from '../i18n/language.ts';
import { PAGE_SIZES } from '../list-sizes.ts';
import { THEMES } from '../themes.ts';
import { itemOf, lineText } from './parts.ts';

/** Lists whose look is kept, and of one list: columns, filters. Together far below what one row should hold. */
export const MAX_LISTS = 40;
const MAX_COLUMNS = 30;
const MAX_FILTERS = 12;
const MAX_VALUE = 128;
const MAX_WIDGETS = 50;
export const MAX_VIEWS = 10;
export const MAX_VIEW_NAME = 40;
const MAX_VIEW_QUERY = 400;

/** Names of our own: lists, columns, filters. */
const name = () => z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
const atMost = (max: number) => (one: Readonly<Record<string, unknown>>) => Object.keys(one).length <= max;

/** Widgets of the home page that are shown, in their order: names that are no longer any are passed over by the page. */
const widgets = () => z.array(name()).max(MAX_WIDGETS);

/** A list as somebody wants to find it again: its address's parts under a name of their own. */
export const savedView = z.object({
  name: lineText(MAX_VIEW_NAME).min(1),
  /** `list=vip&q=Muster&sort=name` */
  query: z
    .string()
    .max(MAX_VIEW_QUERY)
    .regex(/^[\w.~%+=&*-]*$/),
});
export type SavedView = z.infer<typeof savedView>;

export const listPreference = z.object({
  /** the columns that are left out */
  hidden: z.array(name()).max(MAX_COLUMNS).optional(),
  filters: z.record(name(), z.string().max(MAX_VALUE)).refine(atMost(MAX_FILTERS)).optional(),
  views: z.array(savedView).max(MAX_VIEWS).optional(),
  page_size: z
    .union(PAGE_SIZES.map((size) => z.literal(size)) as [z.ZodLiteral<25>, z.ZodLiteral<50>, z.ZodLiteral<100>])
    .optional(),
});
export type ListPreference = z.infer<typeof listPreference>;

export const preferences = z.object({
  /** of the apps; mails follow the account's language */
  language: z.enum(LANGUAGES).optional(),
  theme: z.enum(THEMES).optional(),
  /** by name of the list */
  lists: z.record(name(), listPreference).refine(atMost(MAX_LISTS)).optional(),
  widgets: widgets().optional(),
});
export type Preferences = z.infer<typeof preferences>;

/** What is named is set, null takes it back; of `lists` each list by itself. What is not named stays. */
export const changePreferencesRequest = z.object({
  language: z.enum(LANGUAGES).nullable().optional(),
  theme: z.enum(THEMES).nullable().optional().meta({ example: 'dark' }),
  lists: z.record(name(), listPreference.nullable()).refine(atMost(MAX_LISTS)).optional(),
  widgets: widgets().nullable().optional(),
});
export type ChangePreferencesRequest = z.input<typeof changePreferencesRequest>;
export const preferencesResponse = itemOf(preferences);
