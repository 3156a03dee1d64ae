import { Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type Choice, type ChoosableKind, choosableKinds, folderUses, type FolderUse } from '../../../shared/domain/choice.ts';
import { presetNames } from '../../../shared/domain/file-presets.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './choosing.module.css';
import { kindsOf, linesOf, megabyte, parseDay, usualMarkers, writtenDay } from './rule-fields.ts';

interface Props {
  readonly kind: SourceKind;
  readonly choice: Choice;
  readonly onChange: (change: Partial<Choice>) => void;
}

const usesOf: Partial<Record<SourceKind, readonly FolderUse[]>> = {
  imap: folderUses,
  jmap: folderUses,
  thunderbird: ['junk', 'trash', 'drafts', 'all'],
};

/** Of calendars and contacts nobody tells a time without reading them. */
const hasTimes = (kind: SourceKind): boolean => kind !== 'caldav' && kind !== 'carddav';

export function ChooseRules(props: Props) {
  const { kind } = props;
  const kinds = kindsOf[kind];
  const uses = usesOf[kind];
  return (
    <div className={css['rules']}>
      {uses !== undefined && <Uses {...props} uses={uses} />}
      {kinds !== undefined && <Kinds {...props} kinds={kinds} />}
      {kind === 'files' && <Files {...props} />}
      <Limits {...props} />
    </div>
  );
}

/** In the order of all, so that equal choices look equal. */
const withOne = <One extends string>(all: readonly One[], now: readonly One[], one: One, isOn: boolean): One[] =>
  all.filter((other) => (other === one ? isOn : now.includes(other)));

function Uses({ choice, onChange, uses }: Props & { readonly uses: readonly FolderUse[] }) {
  const t = useWords();
  return (
    <fieldset className={css['group']}>
      <legend>{t('choosing.skipUses')}</legend>
      {uses.map((use) => (
        <Checkbox
          key={use}
          label={t(`choosing.use.${use}`)}
          description={use === 'all' ? t('choosing.allMeaning') : undefined}
          checked={choice.skipUses.includes(use)}
          onChange={(event) => onChange({ skipUses: withOne(folderUses, choice.skipUses, use, event.currentTarget.checked) })}
        />
      ))}
    </fieldset>
  );
}

function Kinds({ choice, onChange, kinds }: Props & { readonly kinds: readonly ChoosableKind[] }) {
  const t = useWords();
  const now = choice.kinds ?? kinds;
  const change = (kind: ChoosableKind, isOn: boolean): void => {
    const next = withOne(choosableKinds, now, kind, isOn);
    onChange({ kinds: kinds.every((one) => next.includes(one)) ? null : next });
  };
  return (
    <fieldset className={css['group']}>
      <legend>{t('choosing.kinds')}</legend>
      {kinds.map((kind) => (
        <Checkbox
          key={kind}
          label={t(`choosing.kind.${kind}`)}
          checked={now.includes(kind)}
          onChange={(event) => change(kind, event.currentTarget.checked)}
        />
      ))}
      <p className={css['hint']}>{t('choosing.kindsMeaning')}</p>
    </fieldset>
  );
}

function Files({ choice, onChange }: Props) {
  const t = useWords();
  const format = useFormat();
  const markers = choice.markers.length > 0 ? choice.markers : usualMarkers;
  return (
    <>
      <fieldset className={css['group']}>
        <legend>{t('choosing.presets')}</legend>
        {presetNames.map((preset) => (
          <Checkbox
            key={preset}
            label={t(`choosing.preset.${preset}`)}
            checked={choice.presets.includes(preset)}
            onChange={(event) => onChange({ presets: withOne(presetNames, choice.presets, preset, event.currentTarget.checked) })}
          />
        ))}
        <Checkbox
          label={t('choosing.markers', { names: format.list(markers) })}
          checked={choice.markers.length > 0}
          onChange={(event) => onChange({ markers: event.currentTarget.checked ? usualMarkers : [] })}
        />
        <Checkbox
          label={t('choosing.oneFileSystem')}
          checked={choice.oneFileSystem}
          onChange={(event) => onChange({ oneFileSystem: event.currentTarget.checked })}
        />
      </fieldset>
      <div className={css['group']}>
        {(['exclude', 'include'] as const).map((list) => (
          <Textarea
            key={list}
            label={t(`choosing.${list}`)}
            description={list === 'exclude' ? t('choosing.patternsHint') : undefined}
            classNames={{ input: css['mono'] ?? '' }}
            rows={3}
            spellCheck={false}
            defaultValue={choice[list].join('\n')}
            onChange={(event) => onChange({ [list]: linesOf(event.currentTarget.value) })}
          />
        ))}
      </div>
    </>
  );
}

function Limits({ kind, choice, onChange }: Props) {
  const t = useWords();
  return (
    <fieldset className={css['limits']}>
      <legend>{t('choosing.limits')}</legend>
      {hasTimes(kind) && (
        <>
          {(['from', 'until'] as const).map((border) => (
            <TextInput
              key={border}
              type="date"
              label={t(`choosing.${border}`)}
              defaultValue={writtenDay(choice[`${border}Ms`])}
              onChange={(event) => onChange({ [`${border}Ms`]: parseDay(event.currentTarget.value) })}
            />
          ))}
          <NumberInput
            label={t('choosing.newerThan')}
            min={1}
            max={36_500}
            allowDecimal={false}
            allowNegative={false}
            value={choice.newerThanDays ?? ''}
            onChange={(value) =>
              onChange({ newerThanDays: typeof value === 'number' && value >= 1 ? Math.min(value, 36_500) : null })
            }
          />
        </>
      )}
      {(['min', 'max'] as const).map((end) => (
        <NumberInput
          key={end}
          label={t(`choosing.${end}Size`)}
          min={0}
          allowNegative={false}
          value={choice[`${end}Bytes`] === null ? '' : (choice[`${end}Bytes`] ?? 0) / megabyte}
          onChange={(value) => onChange({ [`${end}Bytes`]: typeof value === 'number' ? Math.round(value * megabyte) : null })}
        />
      ))}
      {hasTimes(kind) && choice.newerThanDays !== null && <p className={css['hint']}>{t('choosing.newerThanMeaning')}</p>}
    </fieldset>
  );
}
