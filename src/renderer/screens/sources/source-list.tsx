import { Link } from '@tanstack/react-router';
import { oauthOf } from '../../../shared/domain/sign-in.ts';
import { isLockedOut } from '../../parts/locked-out.ts';
import { kindOfSource } from '../../parts/kinds.ts';
import { placeOf } from '../../parts/source-place.ts';
import { type SourceSummary, useSources } from '../../state/index.ts';
import { Chip, EmptyState, FeedView, KindIcon, LinkButton, Page } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ReadOnlyChip } from './read-only-chip.tsx';
import css from './sources.module.css';

export function SourceList() {
  const t = useWords();
  const sources = useSources();
  const add = (
    <LinkButton size="sm" variant="filled" to="/sources/new">
      {t('sources.add')}
    </LinkButton>
  );
  return (
    <Page
      title={t('sources.title')}
      fact={sources.value ? t('sources.fact', { count: sources.value.length }) : undefined}
      actions={
        <>
          <ReadOnlyChip />
          {add}
        </>
      }
    >
      <FeedView feed={sources}>
        {(value) =>
          value.length === 0 ? (
            <EmptyState title={t('sources.empty')} action={add} />
          ) : (
            <ul className={css['list']}>
              {value.map((source) => (
                <Row key={source.id} source={source} />
              ))}
            </ul>
          )
        }
      </FeedView>
    </Page>
  );
}

function Row({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  const format = useFormat();
  const place = placeOf(source);
  return (
    <li className={css['row']}>
      <KindIcon kind={kindOfSource[source.settings.kind]} tile />
      <div className={css['rowName']}>
        <span className={css['rowTitle']}>
          <Link to="/sources/$source" params={{ source: source.id }} className="st-ellipsis">
            {source.name}
          </Link>
          {isLockedOut(source) && (
            <Chip tone="failed" glyph="failed" small>
              {t(oauthOf(source.settings) === undefined ? 'sources.needsSecret' : 'sources.signInAgain.chip')}
            </Chip>
          )}
        </span>
        <span className="st-soft st-ellipsis" title={place}>
          {t(`parts.sourceKind.${source.settings.kind}`)} · {place}
        </span>
      </div>
      <span className={css['rowJobs']}>
        {source.jobs.length === 0 ? (
          <span className="st-soft">{t('sources.noJob')}</span>
        ) : (
          format.list(source.jobs.map(({ name }) => name))
        )}
      </span>
      <span className="st-soft">
        {source.protectedUntilMs === null
          ? t('sources.notSaved')
          : t('sources.saved', { moment: format.shortMoment(source.protectedUntilMs) })}
      </span>
    </li>
  );
}
