/** Names that jobs and commands of imports share. */

export const CHECK_IMPORT = 'check_import';
export const WRITE_IMPORT = 'write_import';
/** The file as it came, in its import's folder. */
export const FILE = 'file';
