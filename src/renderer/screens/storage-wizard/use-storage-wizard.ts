import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { StorageId } from '../../../shared/domain/ids.ts';
import { keepEverything, type Retention } from '../../../shared/domain/retention.ts';
import { engine } from '../../client/index.ts';
import { useAnswer, useAttempt } from '../../state/index.ts';
import { makePassword } from '../../parts/passwords.ts';

export type Inspection = CallOutput<'storage.inspect'>;
export type StepKey = 'place' | 'name' | 'takes' | 'filling' | 'protect' | 'sheet' | 'unlock';

/** Lives in this component's memory only, and goes with it. */
export interface Secrets {
  readonly made: boolean;
  readonly password: string;
  readonly again: string;
}

export type Taking = 'refuse' | 'adopt' | 'read-only';

/** Not a failure: a question. */
export const ownedElsewhere = 'storage.owned-elsewhere';

/** Another installation that a storage belongs to. */
export interface Owner {
  readonly host: string;
  readonly sinceMs: number;
}

export interface MadeStorage {
  readonly id: StorageId;
  readonly recoveryKey: string;
  readonly checkCharacters: string;
  readonly madeAtMs: number;
}

/**
 * The answers of the wizard and its three calls. What is wrong stays beside the step until it is tried again.
 * @param firstName Of a new one; else it is called as its folder is.
 */
export function useStorageWizard(firstName: string | undefined) {
  const [step, setStep] = useState<StepKey>('place');
  const [path, setPathText] = useState('');
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const [name, setName] = useState('');
  /** What new jobs there begin with; undefined: what all do. */
  const [rules, setOwnRules] = useState<Retention | null | undefined>(undefined);
  const [secrets, setSecrets] = useState<Secrets>(() => ({ made: true, password: makePassword(), again: '' }));
  const [wantsKeychain, setKeepInKeychain] = useState(true);
  const { value: info } = useAnswer('app.info', () => engine.call('app.info', {}));
  const hasKeychain = info?.keychain !== 'unavailable';
  const keepInKeychain = wantsKeychain && hasKeychain;
  const [made, setMade] = useState<MadeStorage | null>(null);
  /** Of a storage that belongs to another installation; asked only where it does. */
  const [taking, setTaking] = useState<Taking>('refuse');
  const { busy, failure, attempt, forget } = useAttempt();
  const [owner, setOwner] = useState<Owner | null>(null);
  if (failure?.code === ownedElsewhere && owner === null)
    setOwner({ host: String(failure.facts['host']), sinceMs: Date.parse(String(failure.facts['since'])) });

  const setPath = (text: string): void => {
    setPathText(text);
    setInspection(null);
    setOwner(null);
    setTaking('refuse');
    forget();
  };

  const inspect = async (text: string): Promise<void> => {
    const found = await attempt(() => engine.call('storage.inspect', { path: text }));
    if (found === undefined) return;
    setInspection(found);
    setName((current) => current || (found.storage?.name ?? firstName ?? text.split(/[/\\]/).filter(Boolean).at(-1) ?? ''));
  };

  const create = async (): Promise<void> => {
    const storage = await attempt(() =>
      engine.call('storage.create', { name, path, password: secrets.password, keepInKeychain }),
    );
    if (storage === undefined) return;
    setMade({ ...storage, madeAtMs: Date.now() });
    setSecrets({ made: false, password: '', again: '' });
    setStep('sheet');
  };

  const attach = async (
    unlock: { by: 'password'; password: string } | { by: 'recovery-key'; recoveryKey: string },
  ): Promise<StorageId | undefined> => {
    const attached = await attempt(() => engine.call('storage.attach', { name: null, path, unlock, keepInKeychain, taking }));
    return attached?.id;
  };

  /** @param then What the storage was made for. */
  const confirmSheet = async (then?: (made: StorageId) => Promise<unknown>): Promise<boolean> => {
    if (made === null) return false;
    const done = await attempt(async () => {
      await engine.call('storage.confirmRecoveryKey', { id: made.id });
      await then?.(made.id);
      return true;
    });
    return done === true;
  };

  const setRules = async (storage: StorageId): Promise<void> => {
    if (rules !== undefined) await engine.call('storage.changeSettings', { storage, defaultRetention: rules ?? keepEverything });
  };

  const goTo = (key: StepKey): void => {
    forget();
    setStep(key);
  };

  return {
    step,
    goTo,
    path,
    setPath,
    inspection,
    inspect,
    name,
    setName,
    rules,
    setOwnRules,
    setRules,
    secrets,
    setSecrets,
    hasKeychain,
    keepInKeychain,
    setKeepInKeychain,
    made,
    busy,
    failure,
    create,
    attach,
    owner,
    taking,
    setTaking,
    confirmSheet,
  };
}
export type StorageWizardState = ReturnType<typeof useStorageWizard>;
