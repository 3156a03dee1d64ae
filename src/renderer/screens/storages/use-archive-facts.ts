import { takesWhole } from '../../../shared/domain/archive.ts';
import { sayKinds } from '../../../shared/words/choice.ts';
import { engine } from '../../client/index.ts';
import { type MirrorRow, useAnswer, useSources } from '../../state/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';

/** What an archive takes, and when it is filled next. Of a mirror: nothing. */
export function useArchiveFacts({ id, archive }: MirrorRow): string[] {
  const t = useWords();
  const format = useFormat();
  const language = useLanguage();
  const known = useSources((feed) => feed.value) ?? [];
  const upkeep = useAnswer(archive === null ? null : `upkeep ${id}`, () => engine.call('upkeep.list', { storage: id }), true);
  if (archive === null) return [];
  const nextMs = upkeep.value?.find(({ kind }) => kind === 'mirror')?.nextMs ?? null;
  const when = nextMs === null ? t('archives.byHand') : t('archives.next', { moment: format.moment(nextMs) });
  if (takesWhole(archive)) return [t('archives.takesAll'), when];
  const { sources, kinds } = archive;
  const names = known.filter((source) => sources?.includes(source.id)).map(({ name }) => name);
  return [
    ...(sources === null
      ? []
      : [
          names.length === sources.length
            ? t('archives.takesOnly', { what: format.list(names) })
            : t('archives.takesSources', { count: sources.length }),
        ]),
    ...(kinds === null ? [] : [t('archives.takesOnly', { what: sayKinds(kinds, language) })]),
    when,
  ];
}
