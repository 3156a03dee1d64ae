import { Button, Checkbox, Modal, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { actionFailures, actionMoments } from '../../../shared/domain/action.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { useAnswer, useAttempt } from '../../state/index.ts';
import { FailureNote, Note } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { type ActionDraft, type ActionRow, definitionOf, draftOf, faultOf, secretsOf, withMoment } from './action-draft.ts';
import { CommandFields, WebhookFields } from './action-fields.tsx';
import css from './actions-card.module.css';

interface Props {
  readonly job: JobId;
  /** Null: a new one. */
  readonly action: ActionRow | null;
  readonly onClose: () => void;
}

/** Shows to the letter what would be run or sent, and tries it where somebody wants to. */
export function ActionDialog({ job, action, onClose }: Props) {
  const t = useWords();
  const [draft, setDraft] = useState(() => draftOf(action));
  const [id, setId] = useState(action?.id ?? null);
  const [preview, setPreview] = useState<CallOutput<'action.preview'> | null>(null);
  const [tried, setTried] = useState<CallOutput<'action.try'> | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const { value: info } = useAnswer('app.info', () => engine.call('app.info', {}));
  const fault = faultOf(draft);
  const change = (part: Partial<ActionDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    setPreview(null);
    setTried(null);
  };
  const save = async (): Promise<NonNullable<typeof id>> => {
    const keepInKeychain = info?.keychain === 'available';
    const kept = { job, id, definition: definitionOf(draft), secrets: secretsOf(draft), keepInKeychain };
    const saved = (await engine.call('action.put', kept)).id;
    setId(saved);
    return saved;
  };
  const show = (): Promise<unknown> =>
    attempt(async () => setPreview(await engine.call('action.preview', { job, definition: definitionOf(draft) })));
  const trial = (): Promise<unknown> =>
    attempt(async () => {
      const saved = await save();
      setPreview(await engine.call('action.preview', { job, definition: definitionOf(draft) }));
      setTried(await engine.call('action.try', { job, id: saved }));
    });
  return (
    <Modal
      opened
      onClose={onClose}
      size="38rem"
      closeOnClickOutside={false}
      title={action === null ? t('jobs.actions.add') : t('jobs.actions.editOf', { name: action.name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === null && !busy)
            void attempt(async () => {
              await save();
              onClose();
            });
        }}
      >
        <Frame draft={draft} isNew={id === null} onChange={change} />
        {draft.kind === 'command' ? (
          <CommandFields draft={draft} onChange={change} />
        ) : (
          <WebhookFields draft={draft} isNew={action === null} onChange={change} />
        )}
        {preview !== null && <Shown preview={preview} />}
        {tried !== null && <Tried tried={tried} />}
        {failure !== null && <FailureNote failure={failure} title={t('jobs.actions.failed')} />}
        <div className={css['buttons']}>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button disabled={fault !== null} loading={busy} onClick={() => void show()}>
            {t(`jobs.actions.show.${draft.kind}`)}
          </Button>
          <Button disabled={fault !== null} loading={busy} onClick={() => void trial()}>
            {t('jobs.actions.try')}
          </Button>
          <Button type="submit" variant="filled" disabled={fault !== null} loading={busy}>
            {t('jobs.actions.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface FrameProps {
  readonly draft: ActionDraft;
  readonly isNew: boolean;
  readonly onChange: (part: Partial<ActionDraft>) => void;
}

/** What both kinds have: a name, when, what a failure does, how long. */
function Frame({ draft, isNew, onChange }: FrameProps) {
  const t = useWords();
  const failures = actionFailures.filter((rule) => rule !== 'stop' || draft.when === 'before');
  return (
    <>
      {isNew && (
        <SegmentedControl
          aria-label={t('jobs.actions.kind')}
          data={(['command', 'webhook'] as const).map((kind) => ({ value: kind, label: t(`jobs.actions.kinds.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => onChange({ kind: kind === 'webhook' ? 'webhook' : 'command' })}
        />
      )}
      <TextInput
        label={t('jobs.actions.name')}
        value={draft.name}
        maxLength={100}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <div className={css['pair']}>
        <Select
          label={t('jobs.actions.moment')}
          allowDeselect={false}
          data={actionMoments.map((when) => ({ value: when, label: t(`jobs.actions.when.${when}`) }))}
          value={draft.when}
          onChange={(value) => onChange(withMoment(draft, actionMoments.find((when) => when === value) ?? draft.when))}
        />
        <Select
          label={t('jobs.actions.onFailure')}
          allowDeselect={false}
          data={failures.map((rule) => ({ value: rule, label: t(`jobs.actions.failure.${rule}`) }))}
          value={draft.onFailure}
          onChange={(value) => onChange({ onFailure: failures.find((rule) => rule === value) ?? draft.onFailure })}
        />
        <NumberInput
          label={t('jobs.actions.timeout')}
          min={1}
          max={86_400}
          allowDecimal={false}
          value={draft.timeoutSeconds}
          onChange={(value) => onChange({ timeoutSeconds: Number(value) })}
        />
        <Checkbox
          label={t('jobs.actions.isOn')}
          checked={draft.isOn}
          onChange={({ currentTarget }) => onChange({ isOn: currentTarget.checked })}
        />
      </div>
    </>
  );
}

function Shown({ preview }: { readonly preview: CallOutput<'action.preview'> }) {
  const t = useWords();
  const lines =
    preview.kind === 'command'
      ? [
          ...preview.words.map((word, at) => (at === 0 ? word : `    ${word}`)),
          `${t('jobs.actions.in')} ${preview.folder}`,
          ...Object.entries(preview.environment).map(([name, value]) => `${name}=${value}`),
        ]
      : [
          `${preview.method} ${preview.url}`,
          ...preview.headers.map(({ name, value }) => `${name}: ${value ?? '•••'}`),
          ...(preview.verifiesTls ? [] : [t('jobs.actions.unverified')]),
          '',
          preview.body,
        ];
  return (
    <pre className={css['shown']} aria-label={t('jobs.actions.shown')} tabIndex={0}>
      {lines.join('\n')}
    </pre>
  );
}

function Tried({ tried }: { readonly tried: CallOutput<'action.try'> }) {
  const t = useWords();
  const format = useFormat();
  return (
    <>
      {tried.failure === null ? (
        <Note tone="fine">{t('jobs.actions.worked', { took: format.duration(tried.tookMs) })}</Note>
      ) : (
        <FailureNote failure={tried.failure} title={t('jobs.actions.failed')} />
      )}
      {tried.output !== '' && (
        <pre className={css['shown']} aria-label={t('jobs.actions.output')} tabIndex={0}>
          {tried.output}
        </pre>
      )}
    </>
  );
}
