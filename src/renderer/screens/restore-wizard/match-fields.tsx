import { Select } from '@mantine/core';
import { kindOfSource } from '../../parts/kinds.ts';
import { useSources } from '../../state/index.ts';
import { KindIcon, LinkButton } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import { takes } from './restore-answers.ts';
import css from './restore-wizard.module.css';
import type { RestoreWizardState } from './use-restore-wizard.ts';

/** Which account each source goes to: only such as can take it. */
export function MatchFields({ wizard }: { readonly wizard: RestoreWizardState }) {
  const t = useWords();
  const accounts = useSources((feed) => feed.value) ?? [];
  const { matches } = wizard.answers;
  return (
    <fieldset className={css['list']}>
      <legend>{t('restoreWizard.where.matches')}</legend>
      <ul>
        {wizard.concerned.map(({ id, name, kind }) => (
          <li key={id}>
            <span className={css['match']}>
              <KindIcon kind={kindOfSource[kind]} label={t(`parts.sourceKind.${kind}`)} />
              {name}
            </span>
            <Select
              aria-label={t('restoreWizard.where.matchOf', { name })}
              placeholder={t('restoreWizard.missing.source')}
              nothingFoundMessage={t('restoreWizard.where.noSource')}
              value={matches[id] ?? null}
              data={accounts
                .filter(({ settings }) => takes(settings.kind, kind))
                .map((account) => ({ value: account.id, label: account.name }))}
              onChange={(value) => {
                const account = accounts.find((one) => one.id === value);
                const { [id]: _former, ...others } = matches;
                wizard.change({ matches: account === undefined ? others : { ...others, [id]: account.id } });
              }}
            />
          </li>
        ))}
      </ul>
      <LinkButton size="sm" to="/sources/new">
        {t('sources.add')}
      </LinkButton>
    </fieldset>
  );
}
