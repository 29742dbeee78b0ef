/** What routes.ts loads with the first use. */
export { acceptContracts } from './commands/accept-contracts.ts';
export { publishLegalText } from './commands/publish-text.ts';
export { dropLegalDraft, saveLegalDraft } from './commands/write-draft.ts';
export { showLegalDraft } from './queries/legal-drafts.ts';
export { showContracts } from './queries/contracts.ts';
