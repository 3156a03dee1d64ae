// What must be there for which work, and in which order it is made.
import { build } from './build.ts';
import { dependencies } from './dependencies.ts';
import { electron, findElectron } from './electron.ts';
import { findSqliteBinding, sqlite } from './sqlite.ts';
import { type Step, take } from './step.ts';
import { libraries, system } from './system.ts';
import type { Purpose } from './system-packages.ts';
import { inTurn } from './turn.ts';

/** `packages` for checks of the source, `commands` for the command line, `window` for the app, `everything` for the tests. */
export type Readiness = 'packages' | 'commands' | 'window' | 'everything';

export async function setUp(readiness: Readiness, tell: (text: string) => void = tellAll): Promise<void> {
  await inTurn(() => take(stepsFor(readiness), tell));
  for (const [name, value] of Object.entries(electronPlaces())) process.env[name] = value;
}

const tellAll = (text: string): void => void process.stdout.write(text);

function stepsFor(readiness: Readiness): readonly Step[] {
  if (readiness === 'packages') return [dependencies];
  if (readiness === 'commands') return [dependencies, system(() => ['keychain']), build];
  // Electron comes first: it decides whether there is anything to compile.
  const purposes = (): readonly Purpose[] => [
    'keychain',
    'window',
    ...(findElectron()?.nodeApi === 9 ? (['compiler'] as const) : []),
    ...(readiness === 'everything' ? (['tests'] as const) : []),
  ];
  return [dependencies, electron, system(purposes), libraries, sqlite, build];
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
