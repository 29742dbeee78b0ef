/** Main module of the workerd test project: the product itself plus the kit's probe object. */
export * from '../../workers/index.ts';
export { default } from '../../workers/index.ts';
export { ProbeObject } from './probe-object.ts';
