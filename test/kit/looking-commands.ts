/** Every command that a backup may say to a mail server once it is signed in: none of them writes, none marks a message as read. */
const looks = [
  String.raw`CAPABILITY|ID .*|NAMESPACE|ENABLE .*|NOOP|LOGOUT|COMPRESS DEFLATE`,
  String.raw`LIST .*|LSUB .*|STATUS .*|EXAMINE .*`,
  String.raw`UID FETCH \S+ \((?!.*(?:BODY\[|RFC822(?!\.SIZE)))[^)]*\)(?: \(CHANGEDSINCE \d+ VANISHED\))?`,
  // What watches waits, and is told; DONE ends the waiting, and has no tag.
  String.raw`IDLE|NOTIFY SET .*`,
  String.raw`GETMETADATA .*|GETACL .*|MYRIGHTS .*|GETQUOTAROOT .*`,
].join('|');
const looking = new RegExp(String.raw`^(?:\w+ (?:${looks})|DONE)$`);

/** What of it could have changed something. */
export const notLooking = (said: readonly string[]): string[] => said.filter((line) => !looking.test(line));
