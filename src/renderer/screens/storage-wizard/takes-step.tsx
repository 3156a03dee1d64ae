import { Checkbox, Stack } from '@mantine/core';
import { choosableKinds } from '../../../shared/domain/choice.ts';
import { choiceWords } from '../../../shared/words/choice.ts';
import { Choice, Choices, FailureNote, Fields } from '../../widgets/index.ts';
import { useFormat, useLanguage, useWords } from '../../words/index.ts';
import type { ArchiveState } from './use-archive.ts';

/** All of it, or some sources or kinds. */
export function TakesStep({ archive }: { readonly archive: ArchiveState }) {
  const t = useWords();
  const { answers, change, saved } = archive;
  const { takes } = answers;
  return (
    <Fields>
      <Choices
        label={t('archives.wizard.sources.label')}
        value={takes.sources}
        onChange={(sources) => change({ takes: { ...takes, sources } })}
      >
        <Choice value="all" title={t('archives.wizard.sources.all')} meaning={t('archives.wizard.sources.allMeaning')} />
        <Choice value="some" title={t('archives.wizard.sources.some')} meaning={t('archives.wizard.sources.someMeaning')} />
      </Choices>
      {takes.sources === 'some' && <SourceBoxes archive={archive} />}
      {saved.failure && <FailureNote failure={saved.failure} />}
      <Choices
        label={t('archives.wizard.kinds.label')}
        value={takes.kinds}
        onChange={(kinds) => change({ takes: { ...takes, kinds } })}
      >
        <Choice value="all" title={t('archives.wizard.kinds.all')} />
        <Choice value="some" title={t('archives.wizard.kinds.some')} meaning={t('archives.wizard.kinds.someMeaning')} />
      </Choices>
      {takes.kinds === 'some' && <KindBoxes archive={archive} />}
    </Fields>
  );
}

function SourceBoxes({ archive: { answers, change, saved } }: { readonly archive: ArchiveState }) {
  const t = useWords();
  const format = useFormat();
  const known = saved.value ?? [];
  return (
    <Checkbox.Group
      label={t('archives.wizard.sources.which')}
      value={[...answers.sources]}
      onChange={(ids) => change({ sources: known.flatMap(({ id }) => (ids.includes(id) ? [id] : [])) })}
    >
      <Stack gap={8} mt={8}>
        {known.map(({ id, name, bytes }) => (
          <Checkbox key={id} value={id} label={name} description={format.bytes(bytes)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function KindBoxes({ archive: { answers, change } }: { readonly archive: ArchiveState }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <Checkbox.Group
      label={t('archives.wizard.kinds.which')}
      value={[...answers.kinds]}
      onChange={(chosen) => change({ kinds: choosableKinds.filter((kind) => chosen.includes(kind)) })}
    >
      <Stack gap={8} mt={8}>
        {choosableKinds.map((kind) => (
          <Checkbox key={kind} value={kind} label={choiceWords[language][`kind.${kind}`]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
