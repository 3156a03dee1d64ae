/** What of the system is needed for what, by its Debian name; several names where releases differ, newest first. */
export type Purpose = 'keychain' | 'window' | 'compiler' | 'tests' | 'full tests';

export const systemPackages: Readonly<Record<Purpose, ReadonlyArray<readonly [string, ...string[]]>>> = {
  keychain: [['libsecret-1-0']],
  window: [
    ['libgtk-3-0t64', 'libgtk-3-0'],
    ['libasound2t64', 'libasound2'],
    ['libnss3'],
    ['libgbm1'],
    ['libnotify4'],
    ['libxss1'],
    ['libxtst6'],
  ],
  compiler: [['gcc'], ['g++']],
  tests: [
    // a display, a session bus and a keychain for windows
    ['xvfb'],
    ['xauth'],
    ['dbus-daemon', 'dbus'],
    ['dbus-bin', 'dbus'],
    ['dbus-x11'],
    ['gnome-keyring'],
    // real mail servers, but for the daemons that speak IMAP: mail-daemons.ts. Cyrus asks for a program that sends mail, and never uses it
    ['dovecot-core'],
    ['dovecot-sieve'],
    ['dovecot-managesieved'],
    ['mail-transport-agent', 'msmtp-mta'],
    ['cyrus-common'],
    ['cyrus-caldav'],
    ['sasl2-bin'],
    // and servers of calendars and contacts
    ['radicale'],
    ['xandikos'],
    // and one that takes mail for people who are told something
    ['python3-aiosmtpd'],
    // what the files source must keep: extended attributes and access lists
    ['attr'],
    ['acl'],
    // what breaks real disks and real processes off: kills and errors at a system call, and disks that lose their power
    ['strace'],
    ['xfsprogs'],
    ['e2fsprogs'],
  ],
  // a server of calendars and contacts with a database beside it: too much to set up for each run of the quick tier
  'full tests': [['sogo'], ['memcached'], ['postgresql']],
};
