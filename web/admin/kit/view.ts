/**
 * What a page set of one noun is made of: columns, filters, form, facts, sections and actions as data over the contract's type.
 * A noun declares itself once (`customers/customers.view.ts`); index, detail and form are drawn from it by this folder.
 */
import type { ComponentType } from 'react';
import type { Permission } from '../../../shared/permissions.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { LiveChange } from '../../ui/live-change.ts';
import type { KeyTaking } from '../../ui/i18n.ts';
import type { Words } from '../admin-context.tsx';
import type { AdminCatalogue } from '../catalogues.ts';

/** A key of the panel's catalogue whose text takes no values. */
export type Key = KeyTaking<AdminCatalogue, []>;
/** … whose text takes the record's name. */
export type NameKey = KeyTaking<AdminCatalogue, [values: { name: string | number }]>;

/** What every resource of the API has. */
export interface KitRow {
  id: string;
  version?: number;
  deleted_at?: string | null;
}

/** How a value is shown, in columns, facts and sections alike; `of` gives null for "nothing there". */
export type Display<R> =
  | { kind: 'text'; of: (row: R, words: Words) => string | null }
  | { kind: 'long_text'; of: (row: R) => string | null }
  /** an instant: short ("heute 16:32"), in full in the tooltip; `zone` else the tenant's */
  | { kind: 'instant'; of: (row: R) => string | null; zone?: (row: R) => string }
  | { kind: 'badge'; of: (row: R) => { look: StatusLook; word: Key } | null }
  | { kind: 'phone'; of: (row: R) => readonly string[] }
  | { kind: 'email'; of: (row: R) => string | null }
  /** minor units and currency */
  | { kind: 'money'; of: (row: R) => { cents: number; currency: string } | null }
  | { kind: 'id'; of: (row: R) => string };

export interface Fact<R> {
  label: Key;
  show: Display<R>;
}

/**
 * A column of a list. `place` is where it stands in the two lines that a phone shows: beside the name, below it, or below at the end;
 * columns without a place are left out there.
 */
export interface Column<R> extends Fact<R> {
  /** the field the API sorts by; makes the head a button */
  sort?: string;
  place?: 'aside' | 'under' | 'end';
  /** left out below 1200 px, where width is scarce */
  isWide?: true;
}

export interface Filter {
  /** parameter of the list */
  name: string;
  label: Key;
  options: readonly { value: string; label: Key }[];
}

/** A preset list above the table: `filter` is added to every question. */
export interface Tab {
  name: string;
  label: Key;
  filter: Record<string, string>;
}

interface FieldBase<R> {
  name: keyof R & string;
  label: Key;
  hint?: Key;
  /** said below the field whenever the server refuses it, in place of the server's sentence */
  problem?: Key;
}

export type Field<R> = FieldBase<R> &
  (
    | { kind: 'text' | 'email'; autoComplete?: string; maxLength: number }
    | { kind: 'area'; maxLength: number }
    | { kind: 'flag' }
    | { kind: 'choice'; options: readonly { value: string; label: Key }[] }
    /** several short texts, the first one counts most; `read` turns the row's value into them */
    | { kind: 'lines'; read: (row: R) => string[]; max: number; add: Key; remove: Key; inputMode: 'tel' | 'text' }
  );

export interface FormSection<R> {
  title: Key;
  hint: Key;
  fields: readonly Field<R>[];
}

/** Rows of another list that belong to this record. Made by `relation`, which knows the other row's type. */
export interface Relation {
  kind: 'relation';
  title: Key;
  resource: string;
  /** parameter of the other list that takes this record's id */
  target: string;
  permission: Permission;
  columns: readonly Column<KitRow>[];
  to: (row: KitRow) => string;
  empty: Key;
  /** which live changes the rows follow */
  follows: LiveChange['about'];
}

/** A part of the detail page; `main` and `side` of the view hold them in order, so a new one is one entry. */
export type Section<R> =
  | Relation
  | { kind: 'facts'; title: Key; facts: readonly Fact<R>[]; isFolded?: true }
  /** a text of several lines; not shown while it is empty */
  | { kind: 'text'; title: Key; of: (row: R) => string | null }
  /** what no declaration can say (tags, a timeline) */
  | { kind: 'component'; title: Key; component: ComponentType<{ row: R }> };

/** Something to do on the detail page that leads elsewhere; editing and deleting come by themselves. */
export interface Action<R> {
  label: Key;
  icon: IconName;
  permission: Permission;
  to: (row: R) => string;
}

export interface View<R extends KitRow> {
  /** path of the list below /api/v1 */
  resource: string;
  /** path of the index page */
  path: `/admin/${string}`;
  icon: IconName;
  permissions: {
    view: Permission;
    create: Permission;
    edit: Permission;
    delete: Permission;
    export: Permission;
  };
  /** the record's name in titles, links and messages */
  name: (row: R, words: Words) => string;
  texts: {
    title: Key;
    create: Key;
    new_title: Key;
    edit_title: NameKey;
    back: Key;
    empty_title: Key;
    empty_hint: Key;
    no_match_hint: Key;
    forbidden: Key;
    created: NameKey;
    saved: NameKey;
    deleted: NameKey;
    restored: NameKey;
  };
  columns: readonly [Column<R>, ...Column<R>[]];
  /** label of the first column, which holds the name */
  first: { label: Key; sort?: string };
  tabs: readonly Tab[];
  /** label of the search; what is typed becomes the list's `q`, which the server reads as name, number or address */
  search: Key;
  filters: readonly Filter[];
  /** `-field` is descending; the list's own order */
  order: string;
  /** at most four */
  facts: readonly Fact<R>[];
  main: readonly Section<R>[];
  side: readonly Section<R>[];
  actions: readonly Action<R>[];
  form: readonly FormSection<R>[];
}

/** A declaration, checked against the contract's row type. */
export const defineView = <R extends KitRow>(view: View<R>): View<R> => view;

interface RelationOf<O extends KitRow> extends Omit<Relation, 'kind' | 'columns' | 'to'> {
  columns: readonly Column<O>[];
  to: (row: O) => string;
}

/** A relation, checked against the other row's type; a list of sections then need not know it. */
export const relation = <O extends KitRow>(one: RelationOf<O>): Relation => ({
  ...one,
  kind: 'relation',
  // The rows come from this very resource, so what its columns read is there.
  columns: one.columns as unknown as readonly Column<KitRow>[],
  to: one.to as unknown as (row: KitRow) => string,
});
