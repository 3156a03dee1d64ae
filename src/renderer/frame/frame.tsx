import { Outlet, useLocation } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useWords } from '../words/index.ts';
import { AskClose } from './ask-close.tsx';
import { EngineBanner } from './engine-banner.tsx';
import css from './frame.module.css';
import { KeyOverlay } from './key-overlay.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { RunAnnouncer } from './run-announcer.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { useFrameKeys } from './use-frame-keys.ts';

/** They need the width themselves, so the rail steps back under 1500 px. */
const wide = /^\/(browse|restore|(jobs|storages|sources)\/new)$/;

/** What stands around every screen. The first start stands alone. */
export function Frame() {
  const t = useWords();
  const { pathname } = useLocation();
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const content = useRef<HTMLElement>(null);
  useFrameKeys({ onPalette: () => setPalette((open) => !open), onHelp: () => setKeys((open) => !open) });

  const floating = (
    <>
      <Palette opened={palette} onClose={() => setPalette(false)} />
      <KeyOverlay opened={keys} onClose={() => setKeys(false)} />
      <AskClose />
      <RunAnnouncer />
      <Toasts />
    </>
  );
  if (pathname === '/start') {
    return (
      <div className={css['alone']}>
        <EngineBanner />
        <main>
          <Outlet />
        </main>
        {floating}
      </div>
    );
  }
  return (
    <div className={css['frame']} data-tight={wide.test(pathname) || undefined}>
      <button type="button" className={css['skip']} onClick={() => content.current?.focus()}>
        {t('frame.skip')}
      </button>
      <Rail onHelp={() => setKeys(true)} />
      <TopBar onPalette={() => setPalette(true)} />
      <EngineBanner />
      <main ref={content} className={css['content']} tabIndex={-1}>
        <Outlet />
      </main>
      <StatusBar />
      {floating}
    </div>
  );
}
