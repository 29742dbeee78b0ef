/** The document of everything that is served, as the contract tests walk it: what is mounted at once and what loads later. */
import { app } from '../../workers/app.ts';
import { controlApp } from '../../workers/control-app.ts';
import { documentOf } from '../../workers/http/openapi.ts';
import { officeApp } from '../../workers/office-app.ts';
import type { OpenApi } from './document.ts';

export const openApi = documentOf(app, controlApp, officeApp) as unknown as OpenApi;

/** Everything that has a handler; middleware too. */
export const served = [...app.routes, ...controlApp.routes, ...officeApp.routes];
