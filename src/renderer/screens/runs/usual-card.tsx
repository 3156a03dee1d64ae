import type { RunRecord } from '../../state/index.ts';
import { Card, classes } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './run-detail.module.css';
import { type Compared, compare } from './usual.ts';

interface Props {
  readonly run: RunRecord;
  readonly earlier: readonly RunRecord[];
}

/** Whether it was like its predecessors. A run that goes on is not compared: its numbers are not its numbers yet. */
export function UsualCard({ run, earlier }: Props) {
  const t = useWords();
  const compared = run.kind === 'backup' && (run.status === 'success' || run.status === 'warning') ? compare(run, earlier) : [];
  if (compared.length === 0) return null;
  return (
    <Card title={t('runs.compare.title', { count: earlier.length })} flush>
      <table className={css['compared']}>
        <tbody>
          {compared.map((one) => (
            <Row key={one.name} one={one} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Row({ one }: { readonly one: Compared }) {
  const t = useWords();
  const format = useFormat();
  const say = (value: number): string => {
    if (one.name === 'duration') return format.duration(value);
    return one.name === 'read' ? format.bytes(value) : format.number(Math.round(value));
  };
  const name = t(`runs.compare.${one.name}`);
  const label = t('runs.compare.range', { name, value: say(one.value), low: say(one.usual.low), high: say(one.usual.high) });
  return (
    <tr>
      <td>{name}</td>
      <td className="st-number">{say(one.value)}</td>
      <td>
        <RangeMark one={one} label={label} />
      </td>
      <td className={classes(one.verdict !== 'usual' && css['unusual'])}>{t(`runs.compare.${one.verdict}`)}</td>
    </tr>
  );
}

const width = 120;

function RangeMark({ one, label }: { readonly one: Compared; readonly label: string }) {
  const x = (value: number): number => 6 + (value / one.most) * (width - 12);
  return (
    <svg width={width} height="16" role="img" aria-label={label}>
      <rect className={css['track']} y="6" width={width} height="4" rx="2" />
      <rect
        className={css['usual']}
        x={x(one.usual.low) - 2}
        y="4"
        width={Math.max(4, x(one.usual.high) - x(one.usual.low) + 4)}
        height="8"
        rx="2"
      />
      {one.verdict === 'usual' ? (
        <circle className={css['dot']} cx={x(one.value)} cy="8" r="5" />
      ) : (
        <path className={css['diamond']} d={`M${x(one.value)} 1l6 7-6 7-6-7z`} />
      )}
    </svg>
  );
}
