import type { NavigateOptions } from '@tanstack/react-router';
import { ArrowRight, CalendarClock, HardDrive, Inbox, Play, Plus, Search, Star, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { engine } from '../client/index.ts';
import { useSavedSearches } from '../parts/use-saved-searches.ts';
import { tellFailure, useJobs, useSources, useStorages } from '../state/index.ts';
import { useWords } from '../words/index.ts';
import { screens } from './screens.ts';

interface Shown {
  readonly key: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly fact?: string | undefined;
  /** Where its text has what was typed. */
  readonly extract?: { readonly before: string; readonly hit: string; readonly after: string } | null;
}

/** Leads somewhere, or does something. */
export type Entry = Shown & ({ readonly to: NavigateOptions } | { readonly act: () => void });

const size = { size: 16, strokeWidth: 1.75 } as const;

/** Every word that was typed begins, or is inside, some word of the label. */
const fits = (label: string, typed: string): boolean => {
  const hay = label.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
};

/** Everything of the window that has a name; without any text, what is wanted most. */
export function useCommands(text: string): readonly Entry[] {
  const t = useWords();
  const jobs = useJobs((feed) => feed.value) ?? [];
  const storages = useStorages((feed) => feed.value) ?? [];
  const sources = useSources((feed) => feed.value) ?? [];
  const typed = text.trim();

  const runnable: Entry[] = jobs
    .filter((job) => job.running === null)
    .map((job) => ({
      key: `run-${job.id}`,
      icon: <Play {...size} aria-hidden />,
      label: t('frame.palette.runJob', { name: job.name }),
      fact: job.storageName,
      act: () => void tellFailure(t('frame.palette.runJob', { name: job.name }), () => engine.call('job.run', { id: job.id })),
    }));
  const fixed: Entry[] = [
    { key: 'restore', icon: <Undo2 {...size} aria-hidden />, label: t('frame.palette.restore'), to: { to: '/restore' } },
    { key: 'find', icon: <Search {...size} aria-hidden />, label: t('frame.palette.find'), to: { to: '/find' } },
    {
      key: 'record',
      icon: <ArrowRight {...size} aria-hidden />,
      label: t('frame.palette.goTo', { screen: t('record.title') }),
      to: { to: '/record' },
    },
    { key: 'add-job', icon: <Plus {...size} aria-hidden />, label: t('frame.palette.addJob'), to: { to: '/jobs/new' } },
    {
      key: 'add-storage',
      icon: <Plus {...size} aria-hidden />,
      label: t('frame.palette.addStorage'),
      to: { to: '/storages/new' },
    },
    { key: 'add-source', icon: <Plus {...size} aria-hidden />, label: t('frame.palette.addSource'), to: { to: '/sources/new' } },
    ...[...screens, { name: 'settings', to: '/settings' } as const].map(({ name, to }) => ({
      key: `go-${name}`,
      icon: <ArrowRight {...size} aria-hidden />,
      label: t('frame.palette.goTo', { screen: t(`frame.${name}`) }),
      to: { to },
    })),
  ];
  const named: Entry[] = [
    ...jobs.map((job) => ({
      key: `job-${job.id}`,
      icon: <CalendarClock {...size} aria-hidden />,
      label: t('frame.palette.showJob', { name: job.name }),
      to: { to: '/jobs/$job', params: { job: job.id } } as const,
    })),
    ...storages.map((storage) => ({
      key: `storage-${storage.id}`,
      icon: <HardDrive {...size} aria-hidden />,
      label: t('frame.palette.showStorage', { name: storage.name }),
      to: { to: '/storages/$storage', params: { storage: storage.id } } as const,
    })),
    ...sources.map((source) => ({
      key: `source-${source.id}`,
      icon: <Inbox {...size} aria-hidden />,
      label: t('frame.palette.showSource', { name: source.name }),
      to: { to: '/sources/$source', params: { source: source.id } } as const,
    })),
  ];
  const searches: Entry[] = useSavedSearches().all.map((saved) => ({
    key: `search-${saved}`,
    icon: <Star {...size} aria-hidden />,
    label: t('frame.palette.savedSearch', { text: saved }),
    to: { to: '/find', search: { text: saved } },
  }));
  if (typed === '') return [...runnable, ...fixed, ...searches];
  return [...runnable, ...fixed, ...searches, ...named].filter(({ label }) => fits(label, typed));
}
