import type { WithSignIn } from './sign-in.ts';
import type { WithLimits } from './source-limits.ts';

export const sourceKinds = [
  'files',
  'imap',
  'jmap',
  'maildir',
  'caldav',
  'carddav',
  'mbox',
  'item-files',
  'thunderbird',
] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface FilesSettings {
  readonly kind: 'files';
  /** Absolute directories or files. */
  readonly paths: readonly string[];
  /** .gitignore patterns, relative to each path. */
  readonly exclude: readonly string[];
  /** A directory that holds a file of one of these names is left out (the directory itself is kept, empty). */
  readonly excludeIfPresent: readonly string[];
  readonly oneFileSystem: boolean;
}

/** `implicit`: TLS from the first byte. `starttls`: required, never optional. `none`: only loopback and trusted networks. */
export const tlsModes = ['implicit', 'starttls', 'none'] as const;
export type TlsMode = (typeof tlsModes)[number];

export interface ImapSettings extends WithSignIn, WithLimits {
  readonly kind: 'imap';
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  readonly user: string;
  /** SHA-256 of a certificate that a person approved, in hex; null means: the system decides. */
  readonly certificateSha256: string | null;
  /** Folder paths with `*` and `?`; what matches is left out. */
  readonly exclude: readonly string[];
  /** Where the host's filter scripts are to be had (ManageSieve, mostly 4190). Absent: they are not asked for. */
  readonly sievePort?: number | undefined;
}

/** A mailbox over JMAP. */
export interface JmapSettings extends WithSignIn, WithLimits {
  readonly kind: 'jmap';
  /** A host, or the address of the account's session; without a scheme it is https. */
  readonly url: string;
  readonly user: string;
  /** As for a mailbox over IMAP. */
  readonly certificateSha256: string | null;
  /** Paths of mailboxes, names joined by `/`, with `*` and `?`; what matches is left out. */
  readonly exclude: readonly string[];
  /** The secret is a token that the provider gave for programs. Absent: it is a password. */
  readonly secretIs?: 'token' | undefined;
}

export interface MaildirSettings {
  readonly kind: 'maildir';
  readonly path: string;
  readonly exclude: readonly string[];
}

/** What a program keeps on this computer, or has left there: `mbox` files, a tree of EML, ICS and VCF files, Thunderbird's profiles. */
export const localKinds = ['mbox', 'item-files', 'thunderbird'] as const;
export type LocalKind = (typeof localKinds)[number];

export interface LocalSettings {
  readonly kind: LocalKind;
  readonly path: string;
  readonly exclude: readonly string[];
}

/** At a place on this computer that is read whole: needs no server and no password. */
export const isLocal = (settings: SourceSettings): settings is SourceSettings & (LocalSettings | MaildirSettings) =>
  settings.kind === 'maildir' || localKinds.some((kind) => kind === settings.kind);

export const davKinds = ['caldav', 'carddav'] as const;

/** Calendars and tasks, or address books. */
export interface DavSettings extends WithSignIn, WithLimits {
  readonly kind: (typeof davKinds)[number];
  /** A host, or any address of the account; without a scheme it is https. */
  readonly url: string;
  readonly user: string;
  /** As for a mailbox. */
  readonly certificateSha256: string | null;
  /** Names of collections, or the last parts of their addresses, with `*` and `?`; what matches is left out. */
  readonly exclude: readonly string[];
}

/** What can be asked for: no user or password in it, and nothing after the path. */
export const davAddress = /^(?:https?:\/\/)?(?:[^\s/?#@:[\]]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[^\s?#]*)?$/i;

export type SourceSettings =
  | FilesSettings
  | ImapSettings
  | JmapSettings
  | MaildirSettings
  | (LocalSettings & { readonly kind: 'mbox' })
  | (LocalSettings & { readonly kind: 'item-files' })
  | (LocalSettings & { readonly kind: 'thunderbird' })
  | (DavSettings & { readonly kind: 'caldav' })
  | (DavSettings & { readonly kind: 'carddav' });
