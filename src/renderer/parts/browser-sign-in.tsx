import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { shell } from '../client/index.ts';
import { CopyButton, FailureNote, Note } from '../widgets/index.ts';
import { useFormat, useWords } from '../words/index.ts';
import css from './browser-sign-in.module.css';
import type { BrowserSignIn, Waiting } from './use-browser-sign-in.ts';

/** How a sign-in in the browser stands: what to do there, that it worked, or why not. */
export function BrowserSignInState({ signIn }: { readonly signIn: BrowserSignIn }) {
  const t = useWords();
  if (signIn.waiting) return <WaitingNote waiting={signIn.waiting} onStop={signIn.forget} />;
  if (signIn.failure) return <FailureNote failure={signIn.failure} title={t('parts.browserSignIn.failed')} />;
  if (signIn.grant === null) return null;
  return (
    <Note tone="fine" live title={t('parts.browserSignIn.done')}>
      {t('parts.browserSignIn.doneMeaning')}
    </Note>
  );
}

function WaitingNote({ waiting, onStop }: { readonly waiting: Waiting; readonly onStop: () => void }) {
  const t = useWords();
  const format = useFormat();
  const { address, code, endsAtMs, opened } = waiting;
  const time = format.time(endsAtMs);
  const open = (): void => void shell.call('shell.openPage', { address });
  const place = useRef<HTMLDivElement>(null);
  // A form may have been left far below it.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={place}>
      <Note tone="plain" live title={t(code === null ? 'parts.browserSignIn.waiting' : 'parts.browserSignIn.code')}>
        {code !== null && <output className={css['code']}>{code}</output>}
        <p>
          {opened
            ? t(code === null ? 'parts.browserSignIn.waitingMeaning' : 'parts.browserSignIn.codeMeaning', { time })
            : t('parts.browserSignIn.notOpened')}
        </p>
        {code !== null && <code className={css['address']}>{address}</code>}
        <div className={css['actions']}>
          <Button size="sm" onClick={open}>
            {t('parts.browserSignIn.openAgain')}
          </Button>
          <CopyButton
            text={code ?? address}
            label={t(code === null ? 'parts.browserSignIn.copyAddress' : 'parts.browserSignIn.copyCode')}
          />
          <Button size="sm" onClick={onStop}>
            {t('parts.browserSignIn.stop')}
          </Button>
        </div>
      </Note>
    </div>
  );
}
