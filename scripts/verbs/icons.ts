// `npm run icons`: draws every picture of resources/ from resources/svg. Run it after an SVG has changed and commit what it drew.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { icns, ico, type Picture } from '../icons/containers.ts';
import { findElectron } from '../setup/electron.ts';
import { cache, root } from '../setup/folders.ts';
import { show } from '../setup/process.ts';
import { setUp } from '../setup/set-up.ts';
import { atDesk } from '../suite/desk.ts';

const resources = join(root, 'resources');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const trayStates = ['idle', 'working-1', 'working-2', 'paused', 'needs-you', 'late'];

const svg = (name: string): string => join(resources, 'svg', `${name}.svg`);
const app = (size: number): string => join(resources, 'app', `${size}x${size}.png`);

export async function run(): Promise<number> {
  await setUp(['electron', 'test-tools']);
  const orders = [
    // Up to 32 pixels the seams need the whole pixels of a drawing of their own.
    ...sizes.map((size) => ({ svg: svg(size <= 32 ? 'app-icon-small' : 'app-icon'), size, to: app(size) })),
    ...trayStates.flatMap((state) =>
      ['black', 'white'].flatMap((colour) => [
        { svg: svg(`tray-${state}`), size: 16, colour, to: join(resources, 'tray', colour, `${state}.png`) },
        { svg: svg(`tray-${state}`), size: 32, colour, to: join(resources, 'tray', colour, `${state}@2x.png`) },
      ]),
    ),
  ];
  const list = join(cache, 'icons.json');
  mkdirSync(cache, { recursive: true });
  writeFileSync(list, JSON.stringify(orders));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const code = await atDesk(() => show([findElectron()?.binary ?? '', ...sandbox, join(root, 'scripts/icons/draw.js'), list]));
  if (code !== 0) return code;
  writeFileSync(join(resources, 'icon.ico'), ico(pictures([16, 24, 32, 48, 64, 128, 256])));
  writeFileSync(join(resources, 'icon.icns'), icns(pictures([16, 32, 64, 128, 256, 512, 1024])));
  return 0;
}

const pictures = (of: readonly number[]): readonly Picture[] => of.map((size) => ({ size, png: readFileSync(app(size)) }));
