import type { davKinds } from '../../../shared/domain/source-settings.ts';

export type What = 'mail' | DavWhat | 'files' | 'maildir' | 'known';
export type DavWhat = 'calendars' | 'contacts';

export const davKindOf = { calendars: 'caldav', contacts: 'carddav' } as const satisfies Record<
  DavWhat,
  (typeof davKinds)[number]
>;
export const isDav = (what: What): what is DavWhat => what === 'calendars' || what === 'contacts';

/** It is behind a user name and a password. */
export const signsIn = (what: What): boolean => what === 'mail' || isDav(what);
