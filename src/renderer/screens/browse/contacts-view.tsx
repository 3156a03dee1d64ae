import { useEffect, useState } from 'react';
import type { Preview } from '../../state/index.ts';
import { type Fact, FactList } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';
import css from './calendar-view.module.css';

type Contacts = NonNullable<Preview['contacts']>;
type Card = Contacts['cards'][number];

export function ContactsView({ contacts: { cards, total } }: { readonly contacts: Contacts }) {
  const t = useWords();
  return (
    <div className={css['entries']}>
      {cards.map((card, index) => (
        <article key={index} className={css['entry']}>
          {cards.length > 1 && <h3>{card.name === '' ? t('browse.contact.noName') : card.name}</h3>}
          <ContactCard card={card} />
        </article>
      ))}
      {total > cards.length && <p className={css['more']}>{t('browse.contact.more', { count: total - cards.length })}</p>}
    </div>
  );
}

function ContactCard({ card }: { readonly card: Card }) {
  return (
    <>
      <div className={css['card']}>
        <div>
          <FactList wide facts={useFacts(card)} />
        </div>
        {card.photo !== null && <Photo photo={card.photo} name={card.name} />}
      </div>
      {card.note.trim() !== '' && <div className={css['description']}>{card.note}</div>}
    </>
  );
}

const labels = ['home', 'work', 'cell', 'fax', 'other', 'main', 'pager'] as const;

function useFacts(card: Card): readonly Fact[] {
  const t = useWords();
  const format = useFormat();
  const fact = (name: string, value: string): Fact[] => (value === '' ? [] : [{ name, value }]);
  const label = (given: readonly string[]): string =>
    given
      .flatMap((one) => labels.find((known) => known === one) ?? [])
      .map((known) => t(`browse.contact.label.${known}`))
      .join(', ');
  const list = (name: string, lines: readonly { readonly text: string; readonly labels: readonly string[] }[]): Fact[] =>
    lines.length === 0
      ? []
      : [
          {
            name,
            value: (
              <ul className={css['people']}>
                {lines.map((line, index) => (
                  <li key={index} className={css['address']}>
                    {line.text} {label(line.labels) !== '' && <span>{label(line.labels)}</span>}
                  </li>
                ))}
              </ul>
            ),
          },
        ];
  return [
    ...fact(t('browse.contact.nickname'), card.nickname),
    ...fact(t('browse.contact.organisation'), card.organisation),
    ...fact(t('browse.contact.role'), card.role),
    ...list(t('browse.contact.mails'), card.mails),
    ...list(t('browse.contact.phones'), card.phones),
    ...list(
      t('browse.contact.addresses'),
      card.addresses.map(({ lines, ...rest }) => ({ ...rest, text: lines.join('\n') })),
    ),
    ...list(
      t('browse.contact.pages'),
      card.pages.map((text) => ({ text, labels: [] })),
    ),
    ...fact(t('browse.contact.birthday'), birthdayWords(card.birthday, format.locale)),
    ...fact(t('browse.contact.members'), card.members === 0 ? '' : format.number(card.members)),
  ];
}

/** With or without a year: `1980-04-15`, `19800415`, `--04-15`. What is none of these is shown as it is. */
function birthdayWords(written: string, locale: string): string {
  const match = /^(\d{4}|-)-?(\d{2})-?(\d{2})/.exec(written);
  if (match === null) return written;
  const [, year = '-', month, day] = match;
  const date = new Date(year === '-' ? 2000 : Number(year), Number(month) - 1, Number(day), 12);
  const options = { day: 'numeric', month: 'long', ...(year === '-' ? {} : { year: 'numeric' as const }) } as const;
  return Number.isNaN(date.getTime()) ? written : new Intl.DateTimeFormat(locale, options).format(date);
}

function Photo({ photo, name }: { readonly photo: NonNullable<Card['photo']>; readonly name: string }) {
  const t = useWords();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([photo.bytes as Uint8Array<ArrayBuffer>], { type: photo.type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return address === null ? null : <img src={address} alt={t('browse.contact.photo', { name })} />;
}
