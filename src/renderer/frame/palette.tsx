import { Modal } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '../words/index.ts';
import css from './palette.module.css';
import { type Entry, useCommands } from './use-commands.tsx';
import { useFoundItems } from './use-found-items.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** While it moved in, what was typed would go to the page below; while it moved out, it would still have the keys and the pointer. */
const atOnce = { duration: 0 };

export function Palette({ opened, onClose }: Props) {
  const t = useWords();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={640} yOffset={72} centered={false} transitionProps={atOnce}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('frame.palette.label')}>
        <PaletteBody onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

/** A combobox over one list: the field keeps the focus, the arrows move the choice. */
function PaletteBody({ onClose }: { readonly onClose: () => void }) {
  const t = useWords();
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const commands = useCommands(text);
  const found = useFoundItems(text);
  const groups = [
    // Commands are known at once, so what is found later moves nothing that may already be chosen.
    { name: t('frame.palette.commands'), entries: commands },
    { name: t('frame.palette.items'), entries: found.entries },
  ].filter(({ entries }) => entries.length > 0);
  const entries = groups.flatMap((group) => group.entries);
  const current = entries[Math.min(chosen, entries.length - 1)];

  useEffect(() => setChosen(0), [text]);

  const open = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    if ('to' in entry) void router.navigate(entry.to);
    else entry.act();
  };
  const press = (event: KeyboardEvent): void => {
    const last = entries.length - 1;
    if (event.key === 'ArrowDown') setChosen((at) => (at >= last ? 0 : at + 1));
    else if (event.key === 'ArrowUp') setChosen((at) => (at <= 0 ? last : Math.min(at, last) - 1));
    else if (event.key === 'Enter') open(current);
    else return;
    event.preventDefault();
  };

  return (
    <div className={css['palette']}>
      <div className={css['field']}>
        <Search size={18} strokeWidth={1.75} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-label={t('frame.palette.label')}
          aria-activedescendant={current ? `${listId}-${current.key}` : undefined}
          placeholder={t('frame.palette.placeholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <div id={listId} role="listbox" className={css['list']} aria-label={t('frame.palette.label')}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <div className={css['group']} aria-hidden>
              {group.name}
            </div>
            {group.entries.map((entry) => (
              <Option
                key={entry.key}
                id={`${listId}-${entry.key}`}
                entry={entry}
                chosen={entry === current}
                onOpen={() => open(entry)}
              />
            ))}
          </div>
        ))}
      </div>
      <p className={css['foot']} role="status">
        {found.state === 'searching' && t('frame.palette.searching')}
        {found.state !== 'searching' && entries.length === 0 && t('frame.palette.nothing')}
        {found.state === 'no-storage' && entries.length > 0 && t('frame.palette.noStorage')}
        {found.state === 'still' && entries.length > 0 && t('frame.palette.keys')}
        {found.unfinished !== null && (
          <span className={css['unfinished']}>{t('frame.palette.textsSoFar', found.unfinished)}</span>
        )}
      </p>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly chosen: boolean;
  readonly onOpen: () => void;
}

function Option({ id, entry, chosen, onOpen }: OptionProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    // The field above has the focus and the keys; here is only the pointer.
    <div ref={place} id={id} role="option" aria-selected={chosen} className={css['option']} onClick={onOpen}>
      {entry.icon}
      <span className={css['what']}>
        <span className="st-ellipsis">{entry.label}</span>
        {entry.extract && (
          <span className={css['extract']}>
            {entry.extract.before}
            <mark>{entry.extract.hit}</mark>
            {entry.extract.after}
          </span>
        )}
      </span>
      {entry.fact !== undefined && <span className={css['fact']}>{entry.fact}</span>}
    </div>
  );
}
