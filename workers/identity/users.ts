/** What the commands about users share. */

/** Users of one tenant: each is a row that its list and its limits have to read. */
export const MAX_USERS = 500;
