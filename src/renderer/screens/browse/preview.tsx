import { Button, Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Download, Ghost, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { engine, shell } from '../../client/index.ts';
import { type PreviewTab, previewTabs } from '../../search-params.ts';
import {
  type ItemRow,
  type Preview as PreviewContent,
  selectForRestore,
  type StorageSummary,
  tellFailure,
  useAnswer,
  useToasts,
} from '../../state/index.ts';
import { Chip, classes, EmptyState, FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { AttachmentsTab } from './attachments-tab.tsx';
import { fileNameFor } from './file-name.ts';
import { HeadersTab } from './headers-tab.tsx';
import css from './preview.module.css';
import { ReadTab } from './read-tab.tsx';
import { momentOf } from '../../parts/restore-moment.ts';
import { senderName } from './sender-name.ts';
import type { Timeline } from './timeline.ts';
import { useBrowseEvents } from './use-browse-keys.ts';
import { usePlace } from './use-place.ts';
import { VersionsTab } from './versions-tab.tsx';
import { WhereTab } from './where-tab.tsx';

interface Props {
  readonly storage: StorageSummary;
  readonly timeline: Timeline;
}

/** The chosen item as it was at the moment, or in the chosen version. */
export function Preview({ storage, timeline }: Props) {
  const t = useWords();
  const { place } = usePlace();
  const { item, version, at } = place;
  const row = useAnswer(
    item === null ? null : `item ${storage.id} ${item} ${version ?? ''} ${at ?? ''}`,
    () => engine.call('browse.item', { storage: storage.id, item: item as ItemRow['item'], version, at }),
    true,
  );
  if (item === null) return <EmptyState title={t('browse.preview.none')} />;
  if (row.failure) return <FailureNote failure={row.failure} title={t('parts.broken')} retry={() => void row.refresh()} />;
  if (!row.value || row.value.item !== item) return <Waiting what={storage.name} rows={6} />;
  return <Item storage={storage} row={row.value} timeline={timeline} />;
}

function Item({ storage, row, timeline }: Props & { readonly row: ItemRow }) {
  const t = useWords();
  const { place, adjust } = usePlace();
  const part = { storage: storage.id, item: row.item, version: row.version };
  const content = useAnswer(`preview ${storage.id} ${row.item} ${row.version}`, () => engine.call('browse.preview', part));
  const count = (tab: PreviewTab): number | null => {
    if (tab === 'versions') return row.versions;
    return tab === 'attachments' ? (content.value?.attachments.length ?? null) : null;
  };
  const shown = previewTabs.filter((tab) => isOffered(tab, row.kind));
  const tab = shown.includes(place.tab) ? place.tab : 'read';
  return (
    <section className={css['preview']} aria-label={t('browse.preview.label')}>
      <Head row={row} />
      <Tabs
        value={tab}
        onChange={(next) => adjust({ tab: next === 'read' ? undefined : (next as PreviewTab) })}
        keepMounted={false}
        className={css['tabs'] ?? ''}
      >
        <Tabs.List className={css['tabList'] ?? ''}>
          {shown.map((name) => (
            <Tabs.Tab key={name} value={name} className={css['tab'] ?? ''}>
              {t(`browse.preview.tabs.${name}`)}
              <Badge count={count(name)} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="read" className={css['panel'] ?? ''}>
          <Loaded content={content}>{(value) => <ReadTab name={row.title} content={value} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="versions" className={css['panel'] ?? ''}>
          <VersionsTab storage={storage.id} row={row} timeline={timeline} />
        </Tabs.Panel>
        <Tabs.Panel value="headers" className={css['panel'] ?? ''}>
          <Loaded content={content}>{(value) => <HeadersTab headers={value.headers} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="attachments" className={css['panel'] ?? ''}>
          <Loaded content={content}>
            {({ attachments }) => <AttachmentsTab key={`${row.item} ${row.version}`} part={part} attachments={attachments} />}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="raw" className={css['panel'] ?? ''}>
          <Loaded content={content}>{(value) => <pre className={classes(css['text'], css['mono'])}>{value.text}</pre>}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="where" className={css['panel'] ?? ''}>
          <WhereTab storage={storage} row={row} />
        </Tabs.Panel>
      </Tabs>
      <Foot storage={storage} row={row} />
    </section>
  );
}

const written: ReadonlySet<ItemRow['kind']> = new Set(['event', 'task', 'note', 'contact']);

function isOffered(tab: PreviewTab, kind: ItemRow['kind']): boolean {
  if (tab === 'headers' || tab === 'attachments') return kind === 'message';
  return tab !== 'raw' || written.has(kind);
}

function Badge({ count }: { readonly count: number | null }) {
  const format = useFormat();
  return count === null || count === 0 ? null : <span className={css['badge']}>{format.number(count)}</span>;
}

interface LoadedProps {
  readonly content: ReturnType<typeof useAnswer<PreviewContent>>;
  readonly children: (value: PreviewContent) => ReactNode;
}

function Loaded({ content, children }: LoadedProps) {
  const t = useWords();
  if (content.failure)
    return <FailureNote failure={content.failure} title={t('parts.broken')} retry={() => void content.refresh()} />;
  return content.value ? children(content.value) : <Waiting rows={6} />;
}

function Head({ row }: { readonly row: ItemRow }) {
  const t = useWords();
  const format = useFormat();
  const people =
    row.from !== null && row.to !== null && row.to !== ''
      ? t('browse.preview.fromTo', { from: senderName(row.from), to: senderName(row.to) })
      : senderName(row.from);
  const when = row.timeMs === null ? null : format.fullMoment(row.timeMs);
  return (
    <header className={css['head']}>
      <div className={css['title']}>
        <h2 className="st-ellipsis" title={row.title}>
          {row.title === '' ? t('browse.noTitle') : row.title}
        </h2>
        {row.vanishedAtMs !== null && (
          <Chip tone="ghost" icon={<Ghost size={13} strokeWidth={2} aria-hidden />}>
            {t('browse.vanishedOn', { date: format.shortDate(row.vanishedAtMs) })}
          </Chip>
        )}
        {row.unchosenSinceMs !== null && (
          <Chip>{t('browse.unchosenSince', { date: format.shortDate(row.unchosenSinceMs) })}</Chip>
        )}
      </div>
      <p className="st-ellipsis">
        {written.has(row.kind) ? row.folderPath : [people, when].filter((part) => part !== null && part !== '').join(', ')}
      </p>
    </header>
  );
}

function Foot({ storage, row }: { readonly storage: StorageSummary; readonly row: ItemRow }) {
  const t = useWords();
  const navigate = useNavigate();
  const { place } = usePlace();
  const show = useToasts((store) => store.show);
  const save = (): void =>
    void tellFailure(t('browse.saveAs'), async () => {
      const { bytes } = await engine.call('browse.raw', { storage: storage.id, item: row.item, version: row.version });
      const { saved } = await shell.call('shell.saveBytes', { title: t('browse.saveAs'), fileName: fileNameFor(row), bytes });
      if (saved) show({ tone: 'success', title: t('browse.savedAs') });
    });
  const restore = (): void => {
    const asOf = place.version === null ? momentOf([row], place.at) : ({ kind: 'version', version: row.version } as const);
    if (!asOf) return;
    selectForRestore({
      storage: storage.id,
      items: [row.item],
      sources: [],
      asOf,
      label: row.title === '' ? row.name : row.title,
    });
    void navigate({ to: '/restore', search: { storage: storage.id } });
  };
  useBrowseEvents('save', save);
  const hasContent = row.kind !== 'folder';
  return (
    <footer className={css['foot']}>
      {hasContent && (
        <Button size="sm" variant="subtle" leftSection={<Download size={16} strokeWidth={1.75} aria-hidden />} onClick={save}>
          {t('browse.saveAs')}
        </Button>
      )}
      <span className={css['space']} />
      <Button size="sm" leftSection={<Undo2 size={16} strokeWidth={1.75} aria-hidden />} onClick={restore}>
        {t('browse.restoreVersion', { version: row.version })}
      </Button>
    </footer>
  );
}
