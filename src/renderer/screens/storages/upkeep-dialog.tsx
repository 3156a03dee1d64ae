import { Button, Modal, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { usualTiming } from '../../../shared/domain/schedule.ts';
import { upkeepDepths, type UpkeepDepth, type UpkeepKind } from '../../../shared/domain/upkeep.ts';
import { engine } from '../../client/index.ts';
import { CronField } from '../../parts/schedule/cron-field.tsx';
import { NextRuns } from '../../parts/schedule/next-runs.tsx';
import { TimesField } from '../../parts/schedule/times-field.tsx';
import { useForecast } from '../../parts/schedule/use-forecast.ts';
import { scheduleOf, usualWhen, type When, whenOf } from '../../parts/schedule/when.ts';
import { ZoneField } from '../../parts/schedule/zone-field.tsx';
import { type StorageSummary, type UpkeepRow, useAttempt, useToasts } from '../../state/index.ts';
import { Choice, Choices, FailureNote } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './storages.module.css';
import upkeep from './upkeep.module.css';

interface Props {
  readonly storage: StorageSummary;
  readonly kind: UpkeepKind;
  readonly isArchive: boolean;
  /** Undefined: it comes as usual. */
  readonly row: UpkeepRow | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}

type Way = 'usual' | 'times' | 'cron';
type Depth = Pick<UpkeepRow['times'], 'depth' | 'percent'>;

/** Ten times come to all of it. */
const usualDepth: Depth = { depth: 'part', percent: 10 };
const everything: Depth = { depth: 'all', percent: 100 };

/** The times of one kind of upkeep, by the same fields as those of a job, with what they lead to. */
export function UpkeepDialog(props: Props) {
  const t = useWords();
  const { storage, kind, isArchive, opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      size={620}
      onClose={onClose}
      title={`${storage.name}: ${isArchive ? t('archives.upkeep.kind') : t(`upkeep.kind.${kind}`)}`}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <Form {...props} />
    </Modal>
  );
}

/** Begins anew each time that the dialog opens. */
function Form({ storage, kind, isArchive, row, onClose, onChanged }: Props) {
  const t = useWords();
  const show = useToasts((store) => store.show);
  const { busy, failure, attempt } = useAttempt();
  const [way, setWay] = useState<Way>(row?.times.schedule.mode ?? 'usual');
  const [when, setWhen] = useState<When>(() => firstWhen(row));
  const [depth, setDepth] = useState<Depth>(row?.times ?? (kind === 'check' ? usualDepth : everything));
  const change = (part: Partial<When>): void => setWhen({ ...when, ...part });
  const forecast = useForecast(when, null);
  const name = isArchive ? t('archives.upkeep.kind') : t(`upkeep.kind.${kind}`);
  const isClear = scheduleOf(when) !== null && !forecast.pending && forecast.failure === null;
  const canSave = way === 'usual' ? row !== undefined : isClear;
  const choose = (next: Way): void => {
    setWay(next);
    if (next !== 'usual') change({ mode: next });
  };
  const save = async (): Promise<void> => {
    const schedule = scheduleOf(when);
    const isOwn = schedule !== null && (schedule.mode === 'times' || schedule.mode === 'cron');
    const times = way !== 'usual' && isOwn ? { schedule, zone: when.zone, ...partOf(depth) } : null;
    const done = await attempt(() => engine.call('upkeep.set', { storage: storage.id, kind, times }));
    if (done === undefined) return;
    show({ tone: 'success', title: t('upkeep.dialog.saved', { kind: name }) });
    await onChanged();
    onClose();
  };
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave && !busy) void save();
      }}
    >
      <Choices label={t('upkeep.dialog.label')} hideLabel value={way} onChange={choose}>
        <Choice
          value="usual"
          title={t('upkeep.dialog.usual')}
          meaning={isArchive ? t('archives.upkeep.usualMeaning') : t(`upkeep.dialog.usualMeaning.${kind}`)}
        />
        <Choice value="times" title={t('upkeep.dialog.times')} meaning={t('upkeep.dialog.timesMeaning')} />
        <Choice value="cron" title={t('upkeep.dialog.cron')} meaning={t('upkeep.dialog.cronMeaning')} />
      </Choices>
      {way === 'times' && <TimesField when={when} onChange={change} />}
      {way === 'cron' && (
        <CronField expression={when.expression} forecast={forecast} onChange={(expression) => change({ expression })} />
      )}
      {way !== 'usual' && (
        <>
          {kind === 'check' && <DepthFields depth={depth} onChange={setDepth} />}
          <ZoneField zone={when.zone} onChange={(zone) => change({ zone })} />
          <p className={css['meaning']}>
            {t('upkeep.dialog.never')} {kind === 'check' && t('upkeep.dialog.scrub')}
          </p>
          <NextRuns when={when} forecast={forecast} />
        </>
      )}
      {failure && <FailureNote failure={failure} />}
      <div className={css['actions']}>
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
        <Button type="submit" variant="filled" loading={busy} disabled={!canSave}>
          {t('parts.save')}
        </Button>
      </div>
    </form>
  );
}

/** Sundays at noon, where nothing was chosen yet. */
function firstWhen(row: UpkeepRow | undefined): When {
  const sundays = [{ days: { every: 'week', weekdays: [7] }, minutes: [720] }] as const;
  const empty: When = { ...usualWhen, mode: 'times', rules: sundays };
  if (row === undefined) return empty;
  const chosen = whenOf(row.times.schedule, usualTiming, row.times.zone);
  return { ...chosen, rules: chosen.mode === 'times' ? chosen.rules : empty.rules };
}

/** What the number says where no part is meant. */
const partOf = ({ depth, percent }: Depth): Depth => (depth === 'part' ? { depth, percent } : { ...everything, depth });

function DepthFields({ depth, onChange }: { readonly depth: Depth; readonly onChange: (depth: Depth) => void }) {
  const t = useWords();
  const data = upkeepDepths.map((value) => ({ value, label: t(`storages.check.levelTitle.${value}`) }));
  return (
    <>
      <Select
        label={t('upkeep.dialog.depth')}
        description={t(`storages.check.levelMeaning.${depth.depth}`)}
        allowDeselect={false}
        data={data}
        value={depth.depth}
        onChange={(next) => onChange({ ...depth, depth: known(next) })}
      />
      {depth.depth === 'part' && (
        <NumberInput
          className={upkeep['percent'] ?? ''}
          label={t('upkeep.dialog.percent')}
          min={1}
          max={100}
          clampBehavior="strict"
          value={depth.percent}
          onChange={(value) => onChange({ ...depth, percent: Number(value) || usualDepth.percent })}
        />
      )}
    </>
  );
}

const known = (text: string | null): UpkeepDepth => upkeepDepths.find((one) => one === text) ?? 'quick';
