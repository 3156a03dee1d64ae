import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { TrayBridge, TrayShown } from '../../shared/contract/tray.ts';
import { Glyph, type GlyphName } from '../widgets/glyph.tsx';
import { Mark } from '../widgets/mark.tsx';
import { Entry } from './entry.tsx';
import css from './tray.module.css';

const glyphs: Readonly<Record<TrayShown['state'], GlyphName>> = {
  idle: 'fine',
  working: 'running',
  paused: 'paused',
  'needs-you': 'warning',
};

/** The tray's menu as a small window: the same parts in the same order, with what goes on as a bar. */
export function Tray({ bridge }: { readonly bridge: TrayBridge }) {
  const [shown, setShown] = useState<TrayShown>();
  const place = useRef<HTMLElement>(null);

  useEffect(() => bridge.onShown(setShown), [bridge]);
  useEffect(() => {
    if (shown === undefined) return;
    document.documentElement.lang = shown.language;
    // The name by which all styles know the theme.
    document.documentElement.setAttribute('data-mantine-color-scheme', shown.theme);
  }, [shown]);
  const isThere = shown !== undefined;
  useEffect(() => {
    if (isThere) buttonsIn(place.current)[0]?.focus();
  }, [isThere]);

  if (shown === undefined) return null;
  return (
    <main ref={place} className={css['tray']} onKeyDown={(event) => move(event, place.current, bridge)}>
      <header className={css['head']}>
        <Mark size={20} />
        <h1 className={css['tip']}>{shown.tip}</h1>
        <Glyph name={glyphs[shown.state]} />
      </header>
      {shown.groups.map((group) => (
        <ul key={group[0]?.id} className={css['group']}>
          {group.map((entry) => (
            <Entry key={entry.id} entry={entry} choose={(id) => bridge.choose(id)} />
          ))}
        </ul>
      ))}
    </main>
  );
}

const buttonsIn = (place: HTMLElement | null): HTMLButtonElement[] => [...(place?.querySelectorAll('button') ?? [])];

/** As in a menu: arrows go from part to part, Escape closes. */
function move(event: KeyboardEvent, place: HTMLElement | null, bridge: TrayBridge): void {
  if (event.key === 'Escape') return bridge.close();
  const buttons = buttonsIn(place);
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons.at(to % buttons.length)?.focus();
}
