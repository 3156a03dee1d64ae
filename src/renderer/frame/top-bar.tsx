import { ActionIcon } from '@mantine/core';
import { useCanGoBack, useRouter } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Search } from 'lucide-react';
import { shell } from '../client/index.ts';
import { KeyCap } from '../widgets/index.ts';
import { useWords } from '../words/index.ts';
import { NeedsBell } from './needs-bell.tsx';
import css from './top-bar.module.css';
import { useCanGoForward } from './use-can-go-forward.ts';

export const commandKey = shell.platform === 'darwin' ? '⌘' : 'Ctrl';

export function TopBar({ onPalette }: { readonly onPalette: () => void }) {
  const t = useWords();
  const { history } = useRouter();
  const canGoBack = useCanGoBack();
  const canGoForward = useCanGoForward();
  return (
    <header className={css['bar']}>
      <div className={css['history']}>
        <ActionIcon aria-label={t('frame.goBack')} disabled={!canGoBack} onClick={() => history.back()}>
          <ArrowLeft size={16} strokeWidth={1.75} />
        </ActionIcon>
        <ActionIcon aria-label={t('frame.goForward')} disabled={!canGoForward} onClick={() => history.forward()}>
          <ArrowRight size={16} strokeWidth={1.75} />
        </ActionIcon>
      </div>
      <button type="button" className={css['search']} onClick={onPalette}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span className="st-ellipsis">{t('frame.palette.open')}</span>
        <span className={css['keys']}>
          <KeyCap>{`${commandKey} K`}</KeyCap>
        </span>
      </button>
      <div className={css['actions']}>
        <NeedsBell />
      </div>
    </header>
  );
}
