/** The product's version, as health says it. */

/** Same as package.json (a test compares them). */
export const VERSION = '0.1.0';
