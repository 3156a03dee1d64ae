import type { Preview } from '../../state/index.ts';
import { EmptyState } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { hidesEnding, visibleName } from './file-name.ts';
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

export function AttachmentsTab({ attachments }: { readonly attachments: Preview['attachments'] }) {
  const t = useWords();
  const format = useFormat();
  if (attachments.length === 0) return <EmptyState title={t('browse.preview.noAttachments')} />;
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th>{t('browse.preview.attachment.name')}</th>
          <th>{t('browse.preview.attachment.type')}</th>
          <th className="st-number">{t('browse.preview.attachment.size')}</th>
        </tr>
      </thead>
      <tbody>
        {attachments.map(({ name, type, sizeBytes }, index) => (
          <tr key={`${index} ${name}`}>
            <td>
              {visibleName(name)}
              {hidesEnding(name) && <div className={css['deceptive']}>{t('browse.preview.suspiciousName')}</div>}
            </td>
            <td>{type}</td>
            <td className="st-number">{format.bytes(sizeBytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
