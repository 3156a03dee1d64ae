import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { useFolderName } from '../../parts/use-folder-name.ts';
import { useWords } from '../../words/index.ts';
import { address, type Shares, type SizesPlace } from './shares.ts';
import css from './sizes.module.css';

interface Props {
  readonly shares: Shares;
  readonly place: SizesPlace;
  readonly now: boolean;
}

/** From all sources down to what is looked at, each a link but the last. */
export function Crumbs({ shares, place, now }: Props) {
  const t = useWords();
  const nameOf = useFolderName();
  const everything: SizesPlace = { source: null, folder: null, alone: false, kind: null };
  const steps: { readonly name: string; readonly place: SizesPlace }[] = [
    { name: t('sizes.everything'), place: everything },
    ...shares.path(place).map((folder) => ({
      name: nameOf(folder),
      place: { ...everything, source: folder.source, folder: folder.parent === null ? null : folder.item },
    })),
  ];
  const last = steps.at(-1);
  if (place.alone && last) steps.push({ name: t('sizes.aloneShort'), place: { ...place, kind: null } });
  if (place.kind !== null) steps.push({ name: t(`sizes.kind.${place.kind}`), place });
  return (
    <nav className={css['crumbs']} aria-label={t('sizes.crumbs')}>
      {steps.map((step, at) => (
        <Fragment key={JSON.stringify(step.place)}>
          {at > 0 && <ChevronRight size={14} strokeWidth={2} aria-hidden />}
          {at === steps.length - 1 ? (
            <b aria-current="page" className="st-ellipsis">
              {step.name}
            </b>
          ) : (
            <Link
              className="st-link st-ellipsis"
              from="/storages/$storage/sizes"
              to="/storages/$storage/sizes"
              search={{ ...address(step.place), ...(now ? { now } : {}) }}
            >
              {step.name}
            </Link>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
