import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { kindsOf } from '../../parts/choosing/rule-fields.ts';
import type { JobSearch } from '../../search-params.ts';
import { useJobs } from '../../state/index.ts';
import { LinkButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import type { Share, Shares, SizesPlace } from './shares.ts';

interface Props {
  readonly shares: Shares;
  readonly place: SizesPlace;
  readonly what: Share['what'];
  readonly name: string;
}

/** Leads to the job that saves it, whose filter then opens with the exclusion filled in. Nothing is saved there unasked. */
export function ExcludeButton({ shares, place, what, name }: Props) {
  const t = useWords();
  const navigate = useNavigate();
  const all = useJobs((feed) => feed.value) ?? [];
  const search = exclusionOf(what, shares, place);
  if (search === null) return null;
  const jobs = all.filter(({ sources }) => sources.some((source) => source === search.source));
  const [only] = jobs;
  const label = t('sizes.exclude.of', { name });
  if (only === undefined) return null;
  if (jobs.length === 1)
    return (
      <LinkButton size="sm" variant="subtle" to="/jobs/$job" params={{ job: only.id }} search={search} aria-label={label}>
        {t('sizes.exclude.open')}
      </LinkButton>
    );
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button size="sm" variant="subtle" aria-label={label}>
          {t('sizes.exclude.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('sizes.exclude.which')}</Menu.Label>
        {jobs.map((job) => (
          <Menu.Item key={job.id} onClick={() => void navigate({ to: '/jobs/$job', params: { job: job.id }, search })}>
            {job.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Null: what no filter of a job can say. Kinds are chosen for a source as a whole. */
function exclusionOf(what: Share['what'], shares: Shares, place: SizesPlace): JobSearch | null {
  if (what.is === 'folder' || what.is === 'alone') {
    const { source, path, deleted } = what.folder;
    if (deleted || path === '' || place.kind !== null) return null;
    return { source, without: path, ...(what.is === 'alone' ? { alone: true } : {}) };
  }
  if (what.is !== 'kind' || place.folder !== null || place.alone) return null;
  const root = shares.folderOf(place);
  const kind = root && kindsOf[root.sourceKind]?.find((one) => one === what.kind);
  return root === undefined || kind === undefined ? null : { source: root.source, kind };
}
