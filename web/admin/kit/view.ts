/**
 * What a page set of one noun is made of: columns, filters, form, facts, sections and actions as data over the contract's type.
 * A noun declares itself once (`customers/customers.view.ts`); index, detail and form are drawn from it by this folder.
 */
import type { ComponentType } from 'react';
import type { FigureName } from '../../../shared/figure-names.ts';
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

/** … whose text takes a number. */
export type CountKey = KeyTaking<AdminCatalogue, [values: { count: number }]>;

/** What every resource of the API has. */
export interface KitRow {
  id: string;
  version?: number;
  deleted_at?: string | null;
}

/** A noun that others refer to by id: where its rows are, who may read them, what they are called. Made by `reference`. */
export interface Reference {
  resource: string;
  /** only those of the list; a view refers to a noun in one way */
  filter?: Readonly<Record<string, string>>;
  /** null: they have no pages here, names are text */
  path: `/admin/${string}` | null;
  permission: Permission;
  /** `names`: of what its name says besides; a page that refers to one noun should read that other one, too */
  name: (row: KitRow, words: Words, names: Names) => string;
}

/** The name behind an id: null for one that is gone, not readable or still loading. */
export type Names = (to: Reference, id: string) => string | null;

/** How a value is shown, in columns, facts and sections alike; `of` gives null for "nothing there". */
export type Display<R> =
  | { kind: 'text'; of: (row: R, words: Words, names: Names) => string | null }
  /** ids, shown as names that lead to their pages; `none` where there are no ids */
  | { kind: 'references'; to: Reference; of: (row: R) => readonly string[]; none?: Key }
  /** a colour as people chose it */
  | { kind: 'colour'; of: (row: R) => string | null }
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

export type Filter = {
  /** parameter of the list */
  name: string;
  label: Key;
  /** the order of what it leaves, unless somebody asks otherwise; left out: the list's own */
  order?: string;
} & (
  | { options: readonly { value: string; label: Key }[] }
  | { to: Reference }
  /** a day of the account's clock: the list is asked from its beginning, or until its end */
  | { day: 'from' | 'until' }
  /** a day, which the list takes as it stands */
  | { date: true }
  /** an id or word as it stands */
  | { typed: Key }
  /** comes with a link and is taken off here */
  | { brought: true }
);

/** A preset list above the table: `filter` is added to every question. */
export interface Tab {
  name: string;
  label: Key;
  filter: Record<string, string>;
}

/** What a field holds while somebody fills it in. */
export type FieldValue =
  | string
  | boolean
  | readonly string[]
  | readonly TimeSpan[]
  | readonly HeldLine[]
  | Readonly<Record<string, string>>;
export type Draft = Readonly<Record<string, FieldValue>>;

/** A stretch of a day as it is typed; `HH:MM` on both sides once it can be read. */
export interface TimeSpan {
  from: string;
  to: string;
}

/** A line of a field that the noun draws itself: the kit keeps and compares it, and reads nothing of it but what it is told apart by. */
export interface HeldLine {
  readonly key: string;
}

/** How amounts and fractions are written here. */
export interface Spelling {
  language: string;
  currency: string;
}

/** What a field gets that no kind of the kit can draw. */
export interface DrawnFieldProps {
  id: string;
  label: string;
  hint: string | undefined;
  value: FieldValue;
  /** what is wrong with it */
  problem: string | undefined;
  /** what the server says, by path of the request (`segments.1.duration_minutes`) */
  problems: Readonly<Record<string, readonly string[]>>;
  /** the whole form as it stands */
  values: Draft;
  /** of amounts */
  currency: string;
  onChange: (value: FieldValue) => void;
}

interface FieldBase<R> {
  name: keyof R & string;
  label: Key;
  hint?: Key;
  /** said below the field whenever the server refuses it, in place of the server's sentence */
  problem?: Key;
  /** members of the request under another name than the row's; refusals of any of them belong to this field */
  members?: readonly [string, ...string[]];
  /** false: left out while the form holds these values, and then not sent */
  isShown?: (values: Draft, row: R | null) => boolean;
}

/** One of a fixed set: a word of the catalogue, or a name that the language itself knows (countries, languages). */
export interface Option {
  value: string;
  label: Key | ((words: Words) => string);
}

/** Whose something is: one of several nouns, each with the member that takes its id. */
export interface OwnerGroup {
  member: string;
  label: Key;
  to: Reference;
}

export type Field<R> = FieldBase<R> &
  (
    | { kind: 'text' | 'email' | 'date'; autoComplete?: string; maxLength?: number }
    | { kind: 'area'; maxLength: number }
    | { kind: 'flag' }
    /** `isNumber`: the row's value is a number */
    | { kind: 'choice'; options: readonly Option[]; isNumber?: true }
    /** several of a fixed set */
    | { kind: 'choices'; options: readonly Option[] }
    /** a whole number; `factor` is how many of the row's units one of the shown unit has (60: minutes shown as hours) */
    | { kind: 'number'; unit?: Key; factor?: number }
    /** an amount as people write it, cents inside; the row's currency, else the tenant's */
    | { kind: 'money' }
    /** a wall time, `HH:MM` however it is typed */
    | { kind: 'time' }
    /** stretches of a day, at least one */
    | { kind: 'spans'; add: Key; remove: Key; max: number; mayBeEmpty?: true }
    | { kind: 'colour'; none: Key }
    /** several short texts that are one object of the row (names by language, an address); all empty: null */
    | {
        kind: 'parts';
        parts: readonly { name: string; label: Key; maxLength: number; isOptional?: true }[];
        /** they are numbers, of so many of the row's units each; all empty: an empty object */
        factor?: number;
        /** they are numbers with a fraction; all empty: null */
        isDecimal?: true;
      }
    /** drawn by the noun itself: several of a set (a matrix of rights), or lines of its own, which `read` and `write` turn into the row's value */
    | {
        kind: 'drawn';
        component: ComponentType<DrawnFieldProps>;
        read?: (row: R, spelling: Spelling) => readonly HeldLine[];
        write?: (lines: readonly HeldLine[], row: R | null, spelling: Spelling) => unknown;
      }
    /** one id, chosen by name; without `none` one must be chosen */
    | {
        kind: 'reference';
        to: Reference;
        none?: Key /** not shown while there is nothing to choose between */;
        isHiddenAlone?: true;
      }
    /** several ids, chosen by name; `read` and `write` where the row holds more than ids */
    | {
        kind: 'references';
        to: Reference;
        empty: Key;
        /** at least one must be chosen: where there is only one, a new record has it */
        isNeeded?: true;
        read?: (row: R) => readonly string[];
        write?: (ids: readonly string[], row: R | null) => unknown;
      }
    /** whose it is; the other nouns' members become null. `none` where it may be nobody's */
    | { kind: 'owner'; groups: readonly OwnerGroup[]; none?: Key }
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
  /** the order of its rows; left out: the list's own */
  order?: string;
  permission: Permission;
  /** of the other rows; a function where they say something of this very record */
  columns: readonly Column<KitRow>[] | ((id: string) => readonly Column<KitRow>[]);
  to: (row: KitRow) => string;
  empty: Key;
  /** which live changes the rows follow */
  follows: LiveChange['about'];
  /** leads to the form of a new one that belongs to this record */
  add?: { label: Key; permission: Permission; to: (id: string) => string };
  /** what is done with other rows from here, below those that belong to this record */
  below?: { permission: Permission; component: ComponentType<{ id: string; onDone: () => void }> };
}

/** A part of the detail page; `main` and `side` of the view hold them in order, so a new one is one entry. */
export type Section<R> =
  | Relation
  | { kind: 'facts'; title: Key; facts: readonly Fact<R>[]; isFolded?: true }
  /** a text of several lines; not shown while it is empty */
  | { kind: 'text'; title: Key; of: (row: R) => string | null }
  /** what no declaration can say (tags, a timeline) */
  | {
      kind: 'component';
      title: Key;
      component: ComponentType<{ row: R }>;
      isShown?: (row: R) => boolean;
      /** left out: for everybody who sees the page */
      permission?: Permission;
    };

/** Something to do on the detail page that leads elsewhere; editing and deleting come by themselves. */
export interface Action<R> {
  label: Key;
  icon: IconName;
  permission: Permission;
  to: (row: R) => string;
  /** left out: of every record */
  isShown?: (row: R) => boolean;
}

/** What a form of a bulk action is given: it collects what the request says besides the rows. */
export interface BulkFormProps {
  count: number;
  onGo: (body: object) => void;
  onBack: () => void;
}

/** Something to do with the chosen rows of a list. The bar is the kit's: nouns add none of their own. */
export interface BulkAction {
  verb: string;
  label: Key;
  icon: IconName;
  permission: Permission;
  /** of the request, below the noun's own: it takes `items` and answers each (207) */
  path: `bulk/${string}`;
  /** said of what was done */
  done: CountKey;
  /** path of the opposite; without one, and without a form, the action asks first */
  undo?: `bulk/${string}`;
  isDangerous?: true;
  /** only in the list of the deleted; left out: only in the others */
  isOfDeleted?: true;
  /** collects the request's further members; loaded when somebody asks for it */
  form?: ComponentType<BulkFormProps>;
}

export interface View<R extends KitRow> {
  /** path of the list below /api/v1 */
  resource: string;
  /** path of the index page */
  path: `/admin/${string}` | `/reseller/${string}`;
  icon: IconName;
  permissions: {
    view: Permission;
    /** left out: a noun that people don't make, change or delete as such */
    create?: Permission;
    edit?: Permission;
    delete?: Permission;
    export?: Permission;
  };
  /** records that are shown, never changed or deleted by this person; left out: none */
  isFixed?: (row: R) => boolean;
  /** nouns whose names the pages show or offer; read once for all of them */
  references?: readonly Reference[];
  /** the record's name in titles, links and messages */
  name: (row: R, words: Words, names: Names) => string;
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
    /** what deleting is called here; left out: deleting */
    remove?: Key;
    restored: NameKey;
    /** the key that says why a rule of the noun refuses (POLICY_VIOLATION) */
    reasons?: (reason: string) => string;
  };
  /** figures above the list */
  figures?: readonly FigureName[];
  /** what may be done with chosen rows */
  bulk?: readonly BulkAction[];
  /** where a new one is made, if not on a form page of its own; takes `permissions.create` */
  createAt?: string;
  /** where many of them come from a file, and who may */
  importFrom?: { to: `/admin/${string}`; permission: Permission };
  /** where a row leads, if not to a page below `path` */
  to?: (row: R) => string;
  columns: readonly [Column<R>, ...Column<R>[]];
  /** label of the first column, which holds the name */
  first: { label: Key; sort?: string };
  tabs: readonly Tab[];
  /** label of the search; what is typed becomes the list's `q`, which the server reads as name, number or address */
  search?: Key;
  filters: readonly Filter[];
  /** `-field` is descending; the list's own order. Empty: the list has one and takes no word for it */
  order: string;
  /** at most four */
  facts: readonly Fact<R>[];
  main: readonly Section<R>[];
  side: readonly Section<R>[];
  actions: readonly Action<R>[];
  form: readonly FormSection<R>[];
  /** what the form of a new record starts with; parameters of its address that name fields come on top */
  start?: (setting: { currency: string; timeZone: string; today: string }) => Draft;
  /** members of a new record that no field shows */
  adds?: (setting: { currency: string }) => Readonly<Record<string, unknown>>;
  /** what members of a body mean for others that no shown field sends; called with every body that goes out */
  amend?: (body: Readonly<Record<string, unknown>>, row: R | null) => Readonly<Record<string, unknown>>;
  /** what a change of one field says of others */
  follow?: (name: string, values: Draft) => Draft;
}

/** A declaration, checked against the contract's row type. */
export const defineView = <R extends KitRow>(view: View<R>): View<R> => view;

/** A noun others refer to, checked against its row type. */
export const reference = <O extends KitRow>(
  one: Omit<Reference, 'name'> & { name: (row: O, words: Words, names: Names) => string },
): Reference => ({ ...one, name: one.name as unknown as Reference['name'] });

interface RelationOf<O extends KitRow> extends Omit<Relation, 'kind' | 'columns' | 'to'> {
  columns: readonly Column<O>[] | ((id: string) => readonly Column<O>[]);
  to: (row: O) => string;
}

/** A relation, checked against the other row's type; a list of sections then need not know it. */
export const relation = <O extends KitRow>(one: RelationOf<O>): Relation => ({
  ...one,
  kind: 'relation',
  // The rows come from this very resource, so what its columns read is there.
  columns: one.columns as unknown as Relation['columns'],
  to: one.to as unknown as (row: KitRow) => string,
});
