import type { Preview } from '../../state/index.ts';
import { EmptyState } from '../../widgets/index.ts';
import { useWords } from '../../words/index.ts';
import css from './preview.module.css';

export function HeadersTab({ headers }: { readonly headers: Preview['headers'] }) {
  const t = useWords();
  if (headers.length === 0) return <EmptyState title={t('browse.preview.noHeaders')} />;
  return (
    <table className={css['table']}>
      <tbody>
        {headers.map(({ name, value }, index) => (
          // A header may come several times, in an order that means something.
          <tr key={`${index} ${name}`}>
            <td>{name}</td>
            <td className="st-mono">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
