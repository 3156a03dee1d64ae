import { ids } from '../kit/renderer/sample-base.ts';
import { look } from './look.ts';
import { expect, test } from './window.ts';

const places = [
  ['light-en-wide', { width: 1280, height: 800, scheme: 'light', locale: 'en-GB', live: false }],
  ['dark-de-narrow', { width: 1024, height: 680, scheme: 'dark', locale: 'de-DE', live: false }],
] as const;

for (const [name, place] of places) {
  test(`A run is paused, and a paused one waits to go on or to be ended: ${name}`, async ({ open }) => {
    const isGerman = name.startsWith('dark');
    const going = await open(`/runs/${ids.running}`, place);
    await going.getByRole('button', { name: isGerman ? 'Pausieren' : 'Pause', exact: true }).press('Enter');
    await expect(going.getByRole('button', { name: isGerman ? 'Pausieren' : 'Pause', exact: true })).toBeDisabled();
    const paused = await open(`/runs/${ids.paused}`, place);
    await expect(paused.getByRole('button', { name: isGerman ? 'Fortsetzen' : 'Go on', exact: true })).toBeVisible();
    await look(paused, `run-paused-${name}`);
  });
}
