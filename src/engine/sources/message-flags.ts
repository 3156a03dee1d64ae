/** A message's flags as they are kept: sorted, so that the server's order means nothing. */
export interface MessageFlags {
  /** System flags, with a backslash. */
  readonly flags: readonly string[];
  readonly keywords: readonly string[];
}

/** The five flags that a client can set; names of flags know no upper and lower case (RFC 3501, section 9). */
const settable = new Map(['\\Answered', '\\Deleted', '\\Draft', '\\Flagged', '\\Seen'].map((flag) => [flag.toLowerCase(), flag]));

/** `\Recent` is left out: it belongs to the session that sees it, not to the message. */
export function sortFlags(all: Iterable<string>): MessageFlags {
  const flags = new Set<string>();
  const keywords = new Set<string>();
  for (const flag of all) {
    if (!flag.startsWith('\\')) keywords.add(flag);
    else if (flag.toLowerCase() !== '\\recent') flags.add(settable.get(flag.toLowerCase()) ?? flag);
  }
  return { flags: [...flags].sort(), keywords: [...keywords].sort() };
}

/** A flag is an atom and holds no space, so joining is unambiguous. */
export const flagsRevision = ({ flags, keywords }: MessageFlags): string => [...flags, ...keywords].join(' ');
