import { Modal } from '@mantine/core';
import { KeyCap } from '../widgets/index.ts';
import { useWords } from '../words/index.ts';
import css from './key-overlay.module.css';
import { commandKey } from './top-bar.tsx';

const everywhere = [
  ['palette', [`${commandKey} K`]],
  ['screens', [`${commandKey} 1 – 6`]],
  ['history', ['Alt ←', 'Alt →']],
  ['help', ['?']],
] as const;

const browse = [
  ['moments', ['[', ']']],
  ['now', ['.']],
  ['date', ['T']],
  ['rows', ['J', 'K', '↓', '↑']],
  ['select', ['X']],
  ['preview', ['Space']],
  ['versions', ['V']],
  ['restore', ['R']],
  ['saveAs', ['E']],
] as const;

const words = [
  ['source', 'wordSource'],
  ['storage', 'wordStorage'],
  ['job', 'wordJob'],
  ['run', 'wordRun'],
  ['item', 'wordItem'],
  ['version', 'wordVersion'],
  ['moment', 'wordMoment'],
  ['vanished', 'wordVanished'],
] as const;

export function KeyOverlay({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useWords();
  const keys = (entries: readonly (readonly [(typeof everywhere | typeof browse)[number][0], readonly string[]])[]) => (
    <dl className={css['keys']}>
      {entries.map(([name, caps]) => (
        <div key={name}>
          <dt>
            {caps.map((cap) => (
              <KeyCap key={cap}>{cap}</KeyCap>
            ))}
          </dt>
          <dd>{t(`frame.keys.${name}`)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={820}
      title={t('frame.keys.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <div className={css['columns']}>
        <div>
          <h3>{t('frame.keys.everywhere')}</h3>
          {keys(everywhere)}
          <h3>{t('frame.keys.browse')}</h3>
          {keys(browse)}
        </div>
        <div>
          <h3>{t('frame.keys.words')}</h3>
          <dl className={css['words']}>
            {words.map(([name, sentence]) => (
              <div key={name}>
                <dt>{t(`frame.keys.${name}`)}</dt>
                <dd>{t(`frame.keys.${sentence}`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </Modal>
  );
}
