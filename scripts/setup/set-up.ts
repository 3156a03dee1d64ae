// What must be there for which work, and in which order it is made.
import { build } from './build.ts';
import { dependencies } from './dependencies.ts';
import { electron, findElectron } from './electron.ts';
import { findSqliteBinding, sqlite } from './sqlite.ts';
import { mailDaemons } from './mail-daemons.ts';
import { type Step, take } from './step.ts';
import { libraries, system } from './system.ts';
import type { Purpose } from './system-packages.ts';
import { inTurn } from './turn.ts';

/** Beyond the packages: what is built of the sources, an Electron to run it in, servers and tools that tests ask for. */
export type Need = 'build' | 'electron' | 'test-tools' | 'full-tests';

export async function setUp(needs: readonly Need[], tell: (text: string) => void = tellAll): Promise<void> {
  await inTurn(() => take(stepsFor(new Set(needs)), tell));
  Object.assign(process.env, electronPlaces());
}

const tellAll = (text: string): void => void process.stdout.write(text);

function stepsFor(needs: ReadonlySet<Need>): readonly Step[] {
  const purposes = (): readonly Purpose[] => [
    ...(needs.size > 0 ? (['keychain'] as const) : []),
    ...(needs.has('electron') ? (['window'] as const) : []),
    ...(needs.has('electron') && findElectron()?.nodeApi === 9 ? (['compiler'] as const) : []),
    ...(needs.has('test-tools') ? (['tests'] as const) : []),
    ...(needs.has('full-tests') ? (['full tests'] as const) : []),
  ];
  return [
    dependencies,
    ...(needs.has('electron') ? [electron] : []),
    system(purposes), // after Electron, which decides whether there is anything to compile
    ...(needs.has('test-tools') ? [mailDaemons] : []),
    ...(needs.has('electron') ? [libraries, sqlite] : []),
    ...(needs.has('build') ? [build] : []),
  ];
}

/** How other programs find the Electron of this set-up, and the app its database. */
export function electronPlaces(): Readonly<Record<string, string>> {
  const runtime = findElectron();
  if (runtime === undefined) return {};
  const binding = findSqliteBinding();
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder, // the electron package, and Playwright through it
    ELECTRON_EXEC_PATH: runtime.binary, // electron-vite
    ...(binding === undefined ? {} : { STRATA_SQLITE_BINDING: binding }),
  };
}
