/** Branches that are open to customers, for who may not read the calendar's rules. Called by identity's answer to who is signed in. */
export { openBranches } from '../calendar/rules/company.ts';
