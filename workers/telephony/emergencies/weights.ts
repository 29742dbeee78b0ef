/** Written by `node dev/emergencies/train.ts`: one signed byte a place, the last one speaks before a word is said. Read by learned.ts. */
export const WEIGHT_STEP = 1;
export const WEIGHTS = '';
