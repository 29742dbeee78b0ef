/** The panel's question for the password, fetched when something first reaches that far. Given to useConfirmation by the app and by the page of an owed second factor. */
import { lazy } from 'react';

export const ConfirmPassword = lazy(() => import('./confirm-password.tsx'));
