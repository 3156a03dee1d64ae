import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { engine } from '../../client/index.ts';
import { type SourceSummary, tellFailure } from '../../state/index.ts';
import { Chip, FailureNote, Note } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './sources.module.css';

interface SourceTest {
  readonly result: CallOutput<'source.test'> | null;
  readonly busy: boolean;
  run(): Promise<void>;
}

/** Whether it would work now, with the settings and the password that are kept. */
export function useSourceTest(source: SourceSummary): SourceTest {
  const t = useWords();
  const [result, setResult] = useState<SourceTest['result']>(null);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    const answer = await tellFailure(t('sources.test'), () =>
      engine.call('source.test', { settings: source.settings, secret: null, id: source.id }),
    );
    setResult(answer ?? null);
    setBusy(false);
  };
  return { result, busy, run };
}

export function TestResult({ test: { result, run } }: { readonly test: SourceTest }) {
  const t = useWords();
  if (!result) return null;
  if (result.failure) {
    return (
      <>
        <FailureNote failure={result.failure} title={t('sources.worksNot')} retry={() => void run()} />
        {result.certificateSha256 !== null && (
          <p className="st-mono">{t('sources.certificate', { digest: result.certificateSha256 })}</p>
        )}
      </>
    );
  }
  return (
    <Note tone="fine" title={t('sources.works')} live>
      {t('sources.worksFact', { count: result.folders })}{' '}
      {result.items !== null && t('sources.worksItems', { count: result.items })}
      {result.alsoNeeds.map((kind) => (
        <p key={kind}>{t(`sources.alsoNeeds.${kind}`)}</p>
      ))}
      {result.capabilities.length > 0 && (
        <div className={css['capabilities']} role="group" aria-label={t('sources.capabilities')}>
          {result.capabilities.map((capability) => (
            <Chip key={capability} small>
              {capability}
            </Chip>
          ))}
        </div>
      )}
    </Note>
  );
}
