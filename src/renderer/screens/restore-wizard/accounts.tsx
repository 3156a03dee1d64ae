import { useState } from 'react';
import type { StorageId } from '../../../shared/domain/ids.ts';
import type { SourceSettings } from '../../../shared/domain/source-settings.ts';
import { StrataError } from '../../../shared/domain/strata-error.ts';
import { engine } from '../../client/index.ts';
import { type SourceSummary, useSources } from '../../state/index.ts';
import { useWords } from '../../words/index.ts';
import { type Access, AccessCard } from './access-card.tsx';
import type { SavedSource } from './use-restore-wizard.ts';

/** A source of the storage that this computer does not know: it is set up again as the storage remembers it. */
export function SetUpAgain({ storage, saved }: { readonly storage: StorageId; readonly saved: SavedSource }) {
  const t = useWords();
  const known = useSources((feed) => feed.value) ?? [];
  const isTaken = known.some(({ name }) => name.toLowerCase() === saved.name.toLowerCase());
  const [name, setName] = useState('');
  const setUp = async (access: Access): Promise<void> => {
    await tryOut(saved.settings, access, null);
    await engine.call('source.setUp', { storage, source: saved.id, name: isTaken ? name : null, ...access });
    await useSources.getState().refresh();
  };
  return (
    <AccessCard
      title={t('restoreWizard.access.unknown', { name: saved.name })}
      settings={saved.settings}
      naming={isTaken ? { name, onName: setName } : undefined}
      give={setUp}
    />
  );
}

/** A source that is set up here, whose password or sign-in is not at hand. */
export function LetIn({ source: { id, name, settings } }: { readonly source: SourceSummary }) {
  const t = useWords();
  const unlock = async (access: Access): Promise<void> => {
    await tryOut(settings, access, id);
    const { secret, grant, keepInKeychain } = access;
    if (grant !== undefined) await engine.call('source.renewSignIn', { id, grant, keepInKeychain });
    else if (secret !== null) await engine.call('source.unlock', { id, secret, keepInKeychain });
    await useSources.getState().refresh();
  };
  return <AccessCard title={t('restoreWizard.access.locked', { name })} settings={settings} give={unlock} />;
}

/** Before it is kept: a wrong password is said here, and not in the middle of a restore. */
async function tryOut(settings: SourceSettings, { secret, grant }: Access, id: SourceSummary['id'] | null): Promise<void> {
  const { failure } = await engine.call('source.test', { settings, id, secret, ...(grant === undefined ? {} : { grant }) });
  if (failure !== null) throw new StrataError(failure.code, failure.retry, failure.facts);
}
