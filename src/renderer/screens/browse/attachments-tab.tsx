import { Button } from '@mantine/core';
import { ArrowLeft, Download } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { engine, shell } from '../../client/index.ts';
import { type Preview, tellFailure, useAnswer, useToasts } from '../../state/index.ts';
import { EmptyState, FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { attachmentFileName, hidesEnding, isProgram, visibleName } from './file-name.ts';
import css from './preview.module.css';
import { ReadTab } from './read-tab.tsx';

type Part = Omit<CallInput<'browse.preview'>, 'within'>;
type Attachment = Preview['attachments'][number];

/** An attachment, and where it hangs: counted from the message on, through messages that hang at messages. */
interface Opened extends Attachment {
  readonly within: number[];
}

interface Props {
  readonly part: Part;
  readonly attachments: readonly Attachment[];
}

/** What hangs at a message: each can be read here, if anything can be shown of it, and saved by itself. */
export function AttachmentsTab({ part, attachments }: Props) {
  const t = useWords();
  const [path, setPath] = useState<readonly Opened[]>([]);
  /** What was open before: there the keyboard goes on. */
  const [left, setLeft] = useState<Opened | null>(null);
  const opened = path.at(-1);
  const back = (): void => {
    setLeft(opened ?? null);
    setPath(path.slice(0, -1));
  };
  const list = (all: readonly Attachment[], at: readonly number[]) => (
    <List part={part} attachments={all} at={at} left={left} onOpen={(next) => setPath([...path, next])} />
  );
  if (opened !== undefined) {
    const key = opened.within.join('.');
    return <OpenedAttachment key={key} part={part} opened={opened} onBack={back} list={list} />;
  }
  return attachments.length === 0 ? <EmptyState title={t('browse.preview.noAttachments')} /> : list(attachments, []);
}

const focus = (element: HTMLElement | null): void => element?.focus();

interface OpenedProps {
  readonly part: Part;
  readonly opened: Opened;
  readonly onBack: () => void;
  readonly list: (all: readonly Attachment[], at: readonly number[]) => ReactNode;
}

function OpenedAttachment({ part, opened, onBack, list }: OpenedProps) {
  const t = useWords();
  const { within } = opened;
  const name = useName()(opened);
  const content = useAnswer(`attachment ${part.storage} ${part.item} ${part.version ?? ''} ${within.join('.')}`, () =>
    engine.call('browse.preview', { ...part, within }),
  );
  return (
    <>
      <div className={css['view']}>
        <Button
          ref={focus}
          size="xs"
          variant="subtle"
          leftSection={<ArrowLeft size={16} strokeWidth={1.75} aria-hidden />}
          aria-label={t('browse.preview.attachment.back')}
          onClick={onBack}
        >
          {t('browse.preview.tabs.attachments')}
        </Button>
        <b className="st-ellipsis">{name}</b>
        <Save part={part} attachment={opened} />
      </div>
      {content.failure && (
        <FailureNote failure={content.failure} title={t('parts.broken')} retry={() => void content.refresh()} />
      )}
      {content.value === undefined && content.failure === undefined && <Waiting what={name} rows={6} />}
      {content.value && <ReadTab name={name} content={content.value} />}
      {content.value && content.value.attachments.length > 0 && (
        <section aria-label={t('browse.preview.attachment.within')}>{list(content.value.attachments, within)}</section>
      )}
    </>
  );
}

interface ListProps extends Props {
  readonly at: readonly number[];
  readonly left: Opened | null;
  readonly onOpen: (next: Opened) => void;
}

function List({ part, attachments, at, left, onOpen }: ListProps) {
  const t = useWords();
  const format = useFormat();
  const nameOf = useName();
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th>{t('browse.preview.attachment.name')}</th>
          <th>{t('browse.preview.attachment.type')}</th>
          <th className="st-number">{t('browse.preview.attachment.size')}</th>
        </tr>
      </thead>
      <tbody>
        {attachments.map((attachment, index) => {
          const opened = { ...attachment, within: [...at, index] };
          const { name, type, sizeBytes } = attachment;
          const wasLeft = left?.within.join('.') === opened.within.join('.');
          return (
            <tr key={`${index} ${name}`}>
              <td>
                {nameOf(attachment)}
                {hidesEnding(name) && <div className={css['deceptive']}>{t('browse.preview.suspiciousName')}</div>}
                {isProgram(name) && <div className={css['deceptive']}>{t('browse.preview.attachment.program')}</div>}
                <div className={css['actions']}>
                  <Button
                    {...(wasLeft ? { ref: focus } : {})}
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('browse.preview.attachment.showNamed', { name: nameOf(attachment) })}
                    onClick={() => onOpen(opened)}
                  >
                    {t('browse.preview.attachment.show')}
                  </Button>
                  <Save part={part} attachment={opened} />
                </div>
              </td>
              <td>{type}</td>
              <td className="st-number">{format.bytes(sizeBytes)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Save({ part, attachment }: { readonly part: Part; readonly attachment: Opened }) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const name = useName()(attachment);
  const { within } = attachment;
  const save = (): void =>
    void tellFailure(t('browse.saveAs'), async () => {
      const { bytes } = await engine.call('browse.raw', { ...part, within });
      const fileName = attachmentFileName(attachment);
      const { saved } = await shell.call('shell.saveBytes', { title: t('browse.saveAs'), fileName, bytes });
      if (saved) show({ tone: 'success', title: t('browse.savedAs') });
    });
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<Download size={14} strokeWidth={1.75} aria-hidden />}
      aria-label={t('browse.preview.attachment.saveNamed', { name })}
      onClick={save}
    >
      {t('browse.preview.attachment.save')}
    </Button>
  );
}

function useName(): (attachment: Pick<Attachment, 'name' | 'type'>) => string {
  const t = useWords();
  return useCallback(
    ({ name, type }) => {
      if (name.trim() !== '') return visibleName(name);
      return t(type === 'message/rfc822' ? 'browse.preview.attachment.message' : 'browse.preview.attachment.nameless');
    },
    [t],
  );
}
