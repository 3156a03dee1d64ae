import type { SourceSettings } from '../../../shared/domain/source-settings.ts';

/** Whether it takes a sign-in to write there. */
export const signsIn = ({ settings }: { readonly settings: SourceSettings }): boolean => 'user' in settings;
