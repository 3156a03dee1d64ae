/**
 * Where a profile lies when nobody says otherwise: the system's place for application data.
 * The window and the command line must find the same one, so both ask here.
 */
export function defaultProfile(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const named = environment['STRATA_PROFILE'];
  if (named) return named;
  if (platform === 'win32') return `${environment['APPDATA'] || `${home}\\AppData\\Roaming`}\\Strata`;
  if (platform === 'darwin') return `${home}/Library/Application Support/Strata`;
  // The XDG rules: a relative path in the variable is to be ignored.
  const data = environment['XDG_DATA_HOME'];
  return `${data?.startsWith('/') ? data : `${home}/.local/share`}/strata`;
}
