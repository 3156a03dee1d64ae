import type { ActionFacts } from '../../shared/domain/action.ts';

/** What programs need to find their way: where things are, who somebody is, which language and zone. Nothing that lets in anywhere. */
const handedOn: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TEMP', 'TMP'],
  ...['XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'DBUS_SESSION_BUS_ADDRESS'],
  ...['DISPLAY', 'WAYLAND_DISPLAY'],
  ...['SYSTEMROOT', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'USERNAME', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA'],
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'SYSTEMDRIVE', 'HOMEDRIVE', 'HOMEPATH'],
]);

const isHandedOn = (name: string): boolean => handedOn.has(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name);

/** All that a command is given: a list, so that what is new to this process is not handed on by accident. */
export function environmentOf(given: Readonly<Record<string, string | undefined>>, facts: ActionFacts): Record<string, string> {
  const kept = Object.entries(given).filter((entry): entry is [string, string] => isHandedOn(entry[0]) && entry[1] !== undefined);
  const told = Object.entries(facts).map(([name, value]) => [`STRATA_${name.toUpperCase()}`, oneLine(value)] as const);
  return Object.fromEntries([...kept, ...told]);
}

/** No system takes a nought there, and a name with a line's end would be two lines to most programs. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, ' ');
