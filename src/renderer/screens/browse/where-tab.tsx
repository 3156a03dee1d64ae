import { Link } from '@tanstack/react-router';
import { engine } from '../../client/index.ts';
import { type ItemRow, type StorageSummary, useAnswer, useSources } from '../../state/index.ts';
import { FactList, FailureNote, Waiting } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './preview.module.css';

/** A message's name is a number of its server, which tells nobody anything. */
const placeOf = ({ kind, folderPath, name }: ItemRow): string =>
  kind === 'message' ? folderPath : [folderPath, name].filter((part) => part !== '').join('/');

/** Which place, since when, by which run, and how its bytes are told apart. */
export function WhereTab({ storage, row }: { readonly storage: StorageSummary; readonly row: ItemRow }) {
  const t = useWords();
  const format = useFormat();
  const source = useSources((feed) => feed.value?.find(({ id }) => id === row.source));
  const history = useAnswer(`history ${storage.id} ${row.item}`, () =>
    engine.call('browse.history', { storage: storage.id, item: row.item }),
  );
  if (history.failure)
    return <FailureNote failure={history.failure} title={t('parts.broken')} retry={() => void history.refresh()} />;
  if (!history.value) return <Waiting rows={5} />;
  const version = history.value.find((one) => one.version === row.version);
  const content = version?.contents[0];
  return (
    <div className={css['facts']}>
      <FactList
        wide
        facts={[
          {
            name: t('browse.where.path'),
            value: placeOf(row),
          },
          { name: t('browse.where.source'), value: source ? source.name : t('parts.unknown') },
          { name: t('browse.where.storage'), value: storage.name },
          { name: t('browse.where.size'), value: format.bytes(row.sizeBytes) },
          { name: t('browse.where.version'), value: format.number(row.version) },
          ...(version
            ? [
                { name: t('browse.where.since'), value: format.fullMoment(Date.parse(version.validFrom)) },
                {
                  name: t('browse.where.until'),
                  value: version.validTo === null ? t('browse.where.stillThere') : format.fullMoment(Date.parse(version.validTo)),
                },
                {
                  name: t('browse.where.run'),
                  value: (
                    <Link className="st-link" to="/runs/$run" params={{ run: version.run }}>
                      {t('browse.where.runLink')}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(content
            ? [
                {
                  name: t('browse.where.content'),
                  value: (
                    <Digest
                      digest={content.digest}
                      since={t('browse.where.contentSince', { moment: format.fullMoment(Date.parse(content.validFrom)) })}
                    />
                  ),
                },
              ]
            : []),
          { name: t('browse.where.id'), value: <span className="st-mono">{row.item}</span> },
          ...(version
            ? [{ name: t('browse.where.transaction'), value: <span className="st-mono">{version.transaction}</span> }]
            : []),
        ]}
      />
    </div>
  );
}

function Digest({ digest, since }: { readonly digest: string; readonly since: string }) {
  return (
    <>
      <span className="st-mono">{digest}</span>
      <br />
      {since}
    </>
  );
}
