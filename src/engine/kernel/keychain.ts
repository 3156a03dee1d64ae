/** The system's keychain. Where there is none every call but `status` fails with `keychain.unavailable`; nothing is kept elsewhere. */
export interface Keychain {
  status(): Promise<'available' | 'unavailable'>;
  read(account: string): Promise<string | undefined>;
  write(account: string, secret: string): Promise<void>;
  /** Not being there is fine. */
  remove(account: string): Promise<void>;
}
