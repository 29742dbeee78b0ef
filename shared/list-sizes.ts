/** Rows that a list of the panel may bring at a time; the API takes up to 100. Read by preferences and the panel, without zod. */
export const PAGE_SIZES = [25, 50, 100] as const;
