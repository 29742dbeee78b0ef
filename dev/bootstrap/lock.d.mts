/** Types of lock.mjs, which is plain JavaScript because it runs before anything is installed. */
export function tryLock(folder: string): boolean;
export function withLock<T>(folder: string, onWait: () => void, work: () => Promise<T>): Promise<T>;
