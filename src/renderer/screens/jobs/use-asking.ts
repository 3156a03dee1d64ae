import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Choice } from '../../../shared/domain/choice.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';
import type { SourceKind } from '../../../shared/domain/source-settings.ts';
import { withoutKind } from '../../parts/choosing/rule-fields.ts';
import { withFolder } from '../../parts/choosing/folder-choosing.ts';
import type { JobSearch } from '../../search-params.ts';

type Proposal = (choice: Choice, source: SourceKind) => Choice;

/** Of which source somebody chooses. Where an address names one, it is asked about at once, with what the address wants left out. */
export function useAsking(): [SourceId | null, (source: SourceId | null) => void, Proposal | undefined] {
  const search = useSearch({ from: '/jobs/$job' });
  const navigate = useNavigate();
  const [asking, setAsking] = useState<SourceId | null>(null);
  const named = (search.source ?? null) as SourceId | null;
  return [
    named ?? asking,
    (source) => {
      setAsking(source);
      if (named !== null) void navigate({ to: '.', search: {}, replace: true });
    },
    named === null ? undefined : (choice, source) => proposedBy(search, choice, source),
  ];
}

function proposedBy({ without, alone, kind }: JobSearch, choice: Choice, source: SourceKind): Choice {
  if (kind !== undefined) return withoutKind(choice, source, kind);
  return without === undefined ? choice : withFolder(choice, { path: without, uses: [] }, alone === true ? 'below' : 'none');
}
