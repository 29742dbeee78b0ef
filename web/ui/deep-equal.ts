/** What ra-core imports as `lodash/isEqual.js` (vite.config.ts): es-toolkit's comparison of values, members and order of lists. */
export { isEqual as default } from 'es-toolkit/predicate';
