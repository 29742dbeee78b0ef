/** Stable keys for the rows of a skeleton, which have no identity of their own. */
export const skeletonKeys = (count: number): string[] => Array.from({ length: count }, (_, n) => `skeleton-${n}`);
