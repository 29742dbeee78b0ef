/** Main module of the workerd test project: the product itself plus the object runtime's probe object. */
export * from '../../workers/index.ts';
export { default } from '../../workers/index.ts';
export { ProbeObject } from './probe-object.ts';
