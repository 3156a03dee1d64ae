/** A server that DNS names for a service (RFC 2782). */
export interface ServiceRecord {
  /** `.` says: not offered. */
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/**
 * What DNS says. Nobody vouches for it: it may propose, and a person decides.
 * An unknown name is an empty answer; not being answered is an error.
 */
export interface Names {
  services(name: string): Promise<readonly ServiceRecord[]>;
  /** Servers that take the domain's mail in, the first one first. */
  exchangers(domain: string): Promise<readonly string[]>;
  texts(name: string): Promise<readonly string[]>;
  exists(host: string): Promise<boolean>;
}
