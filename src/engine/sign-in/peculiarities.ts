/** What single providers want beyond the standards. */
interface Peculiarity {
  /** Sent along to the sign-in page. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The name of this computer that the provider lets a program register. RFC 8252 advises the number. */
  readonly redirectHost?: 'localhost';
}

/** By the host of the sign-in page. As it is commonly known: none was tried with an account there. */
const byHost: Readonly<Record<string, Peculiarity>> = {
  // Without both a second sign-in brings nothing that lasts.
  'accounts.google.com': { parameters: { access_type: 'offline', prompt: 'consent' } },
  'login.microsoftonline.com': { redirectHost: 'localhost' },
};

export const peculiarityOf = (host: string): Peculiarity => byHost[host] ?? {};
