import { SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { Preview } from '../../state/index.ts';
import { classes, EmptyState } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { CalendarView } from './calendar-view.tsx';
import { ContactsView } from './contacts-view.tsx';
import { MailFrame } from './mail-frame.tsx';
import css from './preview.module.css';
import { type FoundLink, safeDocument } from './safe-html.ts';

interface Props {
  /** What a picture is a picture of. */
  readonly name: string;
  readonly content: Preview;
}

/** What an item or an attachment says, without anybody learning that it was read. */
export function ReadTab({ name, content }: Props) {
  const t = useWords();
  switch (content.kind) {
    case 'message':
      return <Message content={content} />;
    case 'calendar':
      return content.calendar ? <CalendarView calendar={content.calendar} /> : null;
    case 'contacts':
      return content.contacts ? <ContactsView contacts={content.contacts} /> : null;
    case 'text':
      return <pre className={classes(css['text'], css['mono'])}>{content.text}</pre>;
    case 'image':
      return content.image ? <Picture image={content.image} name={name} /> : null;
    case 'none':
      return <EmptyState title={t(`browse.preview.reason.${content.reason ?? 'no-content'}`)} />;
  }
}

function Message({ content: { html, text, reason } }: { readonly content: Preview }) {
  const t = useWords();
  const [view, setView] = useState<'html' | 'text'>('html');
  const document = useMemo(() => (html === null ? null : safeDocument(html)), [html]);
  const asHtml = document !== null && (view === 'html' || text === null);
  if (!document && text === null) return <EmptyState title={t(`browse.preview.reason.${reason ?? 'no-content'}`)} />;
  return (
    <>
      {document && (text !== null || document.remotePictures > 0) && (
        <div className={css['view']}>
          {text !== null && (
            <SegmentedControl
              size="xs"
              aria-label={t('browse.preview.view')}
              data={[
                { value: 'html', label: t('browse.preview.html') },
                { value: 'text', label: t('browse.preview.text') },
              ]}
              value={view}
              onChange={(next) => setView(next === 'text' ? 'text' : 'html')}
            />
          )}
          {asHtml && document.remotePictures > 0 && <span>{t('browse.preview.remote', { count: document.remotePictures })}</span>}
        </div>
      )}
      {asHtml ? <MailFrame html={document.html} /> : <div className={css['text']}>{text}</div>}
      {asHtml && document.links.length > 0 && <Links links={document.links} />}
    </>
  );
}

/** Where the links really lead. They do not work, here or in the message. */
function Links({ links }: { readonly links: readonly FoundLink[] }) {
  const t = useWords();
  const known = [...new Map(links.map((link) => [`${link.target} ${link.text}`, link])).entries()];
  return (
    <details className={css['links']} open={links.some(({ deceptive }) => deceptive)}>
      <summary>{t('browse.preview.links')}</summary>
      <ul>
        {known.map(([key, { target, text, deceptive }]) => (
          <li key={key} className={deceptive ? css['deceptive'] : undefined}>
            {target}
            {deceptive && <div>{t('browse.preview.linkDiffers', { text })}</div>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Picture({ image, name }: { readonly image: NonNullable<Preview['image']>; readonly name: string }) {
  const t = useWords();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([image.bytes as Uint8Array<ArrayBuffer>], { type: image.type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [image]);
  return address === null ? null : <img className={css['picture']} src={address} alt={t('browse.preview.image', { name })} />;
}
