import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { LayoutPanelLeft } from 'lucide-react';
import { useState } from 'react';
import type { SourceId } from '../../../shared/domain/ids.ts';
import { engine } from '../../client/index.ts';
import { type StorageSummary, useAnswer } from '../../state/index.ts';
import { Card, LinkButton } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { ForgetDialog } from './forget-dialog.tsx';
import css from './sizes.module.css';
import { treemap } from './treemap.ts';

const height = 200;
/** What a name and a size need to be read. */
const least = { width: 96, height: 40 };

/** Which sources fill the storage. The list below says the same in words. */
export function SizesCard({ storage }: { readonly storage: StorageSummary }) {
  const t = useWords();
  const format = useFormat();
  const [forgetting, setForgetting] = useState<{ source: SourceId; name: string } | null>(null);
  const { ref, width } = useElementSize();
  const sizes = useAnswer(`sizes ${storage.id}`, () => engine.call('storage.sizes', { storage: storage.id }), true).value;
  if (sizes === null || sizes.sources.length === 0) return null;
  const tiles = treemap(sizes.sources, (source) => source.versionBytes, { x: 0, y: 0, width: Math.max(width, 1), height });
  return (
    <Card
      title={t('storages.sizes.title')}
      icon={<LayoutPanelLeft size={16} strokeWidth={1.75} aria-hidden />}
      fact={t('storages.sizes.fact')}
      action={
        <LinkButton size="sm" to="/storages/$storage/sizes" params={{ storage: storage.id }}>
          {t('sizes.look')}
        </LinkButton>
      }
    >
      <div ref={ref} className={css['map']} style={{ height }} aria-hidden>
        {width > 0 &&
          tiles.map(({ part, x, y, width: wide, height: tall }) => (
            <div
              key={part.source}
              className={css['tile']}
              style={{ left: x, top: y, width: Math.max(0, wide - 2), height: Math.max(0, tall - 2) }}
              title={`${part.name}: ${format.bytes(part.versionBytes)}`}
            >
              {wide >= least.width && tall >= least.height && (
                <>
                  <b className="st-ellipsis">{part.name}</b>
                  <span>{format.bytes(part.versionBytes)}</span>
                </>
              )}
            </div>
          ))}
      </div>
      <table className={css['table']}>
        <thead>
          <tr>
            <th>{t('storages.sizes.source')}</th>
            <th className="st-number">{t('storages.sizes.items')}</th>
            <th className="st-number">{t('storages.sizes.now')}</th>
            <th className="st-number">{t('storages.sizes.all')}</th>
            <th>
              <span className="st-hidden">{t('storages.forget.column')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sizes.sources.map((source) => (
            <tr key={source.source}>
              <td>
                <Link
                  className="st-link"
                  to="/storages/$storage/sizes"
                  params={{ storage: storage.id }}
                  search={{ source: source.source }}
                >
                  {source.name}
                </Link>
              </td>
              <td className="st-number">{format.number(source.items)}</td>
              <td className="st-number">{format.bytes(source.itemBytes)}</td>
              <td className="st-number">{format.bytes(source.versionBytes)}</td>
              <td>
                <Button size="sm" color="danger" variant="subtle" onClick={() => setForgetting(source)}>
                  {t('storages.forget.open')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {forgetting && <ForgetDialog storage={storage} source={forgetting} onClose={() => setForgetting(null)} />}
    </Card>
  );
}
