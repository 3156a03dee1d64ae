// `npm start`: sets up and opens the app. Without a display: the tour, through the same engine.
import { findElectron } from '../setup/electron.ts';
import { root } from '../setup/folders.ts';
import { show } from '../setup/process.ts';
import { setUp } from '../setup/set-up.ts';

export async function run(words: readonly string[]): Promise<number> {
  return hasDisplay() ? open(words) : tour(words);
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

async function open(words: readonly string[]): Promise<number> {
  await setUp(['electron', 'build']);
  const runtime = findElectron();
  if (runtime === undefined) throw new Error('The set-up ended without an Electron.');
  const switches = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses to be root inside its sandbox
    ...(process.env['DISPLAY'] ? [] : ['--ozone-platform-hint=auto']),
  ];
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env; // some editors set it in their terminals
  return show([runtime.binary, ...switches, root, ...words], { env });
}

async function tour(words: readonly string[]): Promise<number> {
  await setUp(['build']);
  console.log('There is no display here, so Strata shows itself on the command line.\n');
  const code = await show([process.execPath, 'out/main/cli.js', 'demo', ...words]);
  console.log(code === 0 ? goOn : `\nThe tour ended with ${code}.`);
  return code;
}

const goOn = `
Here, strata is ./strata, and ./strata --help lists every command. npm test runs the whole test suite.
With a display, npm start opens the window.`;
