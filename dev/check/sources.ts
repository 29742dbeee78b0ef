/** Texts of the project's sources by path, read once. Called by the checks of this folder that look at several files at a time. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, root } from './files.ts';

export type Sources = ReadonlyMap<string, string>;

/** All tracked and new files whose path fits, with their text. */
export function sourcesOf(fits: (file: string) => boolean): Sources {
  const files = projectFiles().filter((file) => fits(file) && existsSync(path.join(root, file)));
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

export const isTypeScript = (file: string): boolean => /\.tsx?$/.test(file) && !/\.d\.ts$/.test(file);
export const isTest = (file: string): boolean => /\.(test|fixture)\.tsx?$/.test(file);
/** 1-based line of an offset. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
