import { useEffect, useState } from 'react';
import { shell } from '../../client/index.ts';
import { tellFailure } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import css from './preview.module.css';

/**
 * A purified document in a frame that may do nothing, at an address of its own. The frame is a process, so it lives only while
 * it is seen, and its document is forgotten with it.
 */
export function MailFrame({ html }: { readonly html: string }) {
  const t = useWords();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    const show = async (): Promise<void> => {
      const answer = await tellFailure(t('browse.preview.frame'), () => shell.call('shell.previewDocument', { html }));
      if (current) setAddress(answer?.url ?? null);
    };
    void show(); // a failure has been told
    return () => {
      current = false;
    };
  }, [html, t]);
  useEffect(
    () => () => {
      // What could not be forgotten now is forgotten with the next document.
      shell.call('shell.previewDocument', { html: null }).catch(() => {});
    },
    [],
  );
  return address === null ? (
    <div className={css['frame']} />
  ) : (
    <iframe key={address} className={css['frame']} sandbox="" src={address} title={t('browse.preview.frame')} />
  );
}
