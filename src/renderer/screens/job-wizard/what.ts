import type { davKinds, LocalKind } from '../../../shared/domain/source-settings.ts';

/** `local`: what a program keeps on this computer, of one of several kinds. */
export type What = 'mail' | WebWhat | 'files' | 'local' | 'known';
export type DavWhat = 'calendars' | 'contacts';
/** An account behind the address of a server. */
export type WebWhat = DavWhat | 'jmap';

export const davKindOf = { calendars: 'caldav', contacts: 'carddav' } as const satisfies Record<
  DavWhat,
  (typeof davKinds)[number]
>;
export const webKindOf = { ...davKindOf, jmap: 'jmap' } as const;
export const isDav = (what: What): what is DavWhat => what === 'calendars' || what === 'contacts';

export const isWeb = (what: What): what is WebWhat => what === 'jmap' || isDav(what);

/** The most usual first. */
export const localChoices = ['thunderbird', 'maildir', 'mbox', 'item-files'] as const satisfies readonly (
  | LocalKind
  | 'maildir'
)[];
export type LocalChoice = (typeof localChoices)[number];

/** It is behind a user name and a password. */
export const signsIn = (what: What): boolean => what === 'mail' || isWeb(what);
