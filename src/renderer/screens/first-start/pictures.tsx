import type { ReactNode } from 'react';
import { KindIcon, type KindName } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './first-start.module.css';

const width = 464;
const height = 200;

/** A layer from `top` to `bottom` with a surface like the mark's seams. It reaches over the edges, so that its outline does not show there. */
function layer(top: number, bottom: number, left: number): string {
  const from = left === 0 ? -4 : left;
  const length = width + 4 - from;
  const wave = `C${from + length * 0.3} ${top + 7} ${from + length * 0.55} ${top - 9} ${width + 4} ${top}`;
  return `M${from} ${top}${wave}V${bottom}H${from}Z`;
}

interface LayerProps {
  readonly top: number;
  readonly bottom: number;
  readonly age: 'now' | 'recent' | 'old' | 'oldest';
  readonly left?: number;
  readonly children: ReactNode;
}

function Layer({ top, bottom, age, left = 0, children }: LayerProps) {
  return (
    <g className={css[age]}>
      <path d={layer(top, bottom, left)} />
      <text x={left + 24} y={top + 20}>
        {children}
      </text>
    </g>
  );
}

function Picture({ children, icons }: { readonly children: ReactNode; readonly icons: ReactNode }) {
  return (
    <div className={css['picture']} aria-hidden>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMax slice">
        {children}
      </svg>
      {icons}
    </div>
  );
}

// Only the kinds that can be backed up.
const kinds: readonly KindName[] = ['mail', 'files'];

/** New things settle as the newest layer on the older ones. */
export function ProtectingPicture() {
  const t = useWords();
  return (
    <Picture
      icons={
        <span className={css['arriving']}>
          {kinds.map((kind) => (
            <span key={kind}>
              <KindIcon kind={kind} size={18} tile />
              <svg width="14" height="20" viewBox="0 0 14 20">
                <path d="M7 1v17M2 13l5 5 5-5" />
              </svg>
            </span>
          ))}
        </span>
      }
    >
      <Layer top={88} bottom={122} age="now">
        {t('firstStart.picture.today')}
      </Layer>
      <Layer top={118} bottom={150} age="recent">
        {t('firstStart.picture.yesterday')}
      </Layer>
      <Layer top={147} bottom={178} age="old">
        {t('firstStart.picture.month')}
      </Layer>
      <Layer top={174} bottom={height} age="oldest">
        {t('firstStart.picture.year')}
      </Layer>
    </Picture>
  );
}

/** One layer is drawn out of the middle, and something rises from it. */
export function GettingBackPicture() {
  const t = useWords();
  const format = useFormat();
  // Some spring day of last year, at ten.
  const then = new Date(new Date().getFullYear() - 1, 2, 3, 10).getTime();
  return (
    <Picture
      icons={
        <span className={css['rising']}>
          <KindIcon kind="mail" size={18} tile />
          <svg width="14" height="84" viewBox="0 0 14 84">
            <path d="M7 83V2M2 7l5-5 5 5" />
          </svg>
        </span>
      }
    >
      <Layer top={60} bottom={96} age="old">
        {t('firstStart.picture.today')}
      </Layer>
      <Layer top={93} bottom={126} age="old">
        {t('firstStart.picture.month')}
      </Layer>
      <Layer top={158} bottom={height} age="oldest">
        {t('firstStart.picture.year')}
      </Layer>
      <Layer top={128} bottom={157} left={86} age="now">
        {format.fullMoment(then)}
      </Layer>
    </Picture>
  );
}
