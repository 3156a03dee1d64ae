/**
 * An event as it goes to a server that sends invitations by itself when an event with guests arrives (RFC 6638). The header that
 * asks it not to is for deleting, and only some servers heed it for anything else; what the standard has for putting an event is
 * a word beside each guest and the host, which says that the calendar program sees to it. It stands on a line of its own, folded
 * (RFC 5545, section 3.1), so that every other byte is as it was.
 */
export function withoutInvitations(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  // A folded line may begin like anything: only what follows an end of line without a space is a name.
  return Buffer.from(
    text.replace(/^(ORGANIZER|ATTENDEE)(?=[;:])((?:[^\r\n]|\r?\n[ \t])*)/gim, (line, name: string, rest: string) =>
      /;SCHEDULE-AGENT=/i.test(rest.replace(/\r?\n[ \t]/g, '')) ? line : `${name};SCHEDULE-AGENT=CLIENT\r\n ${rest}`,
    ),
    'latin1',
  );
}
