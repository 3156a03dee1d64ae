import { ActionIcon, Popover } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useStatus } from '../state/index.ts';
import { NeedList } from '../parts/need-list.tsx';
import { useFormat, useWords } from '../words/index.ts';
import css from './top-bar.module.css';

/** What needs a person, reachable from every screen. */
export function NeedsBell() {
  const t = useWords();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const needs = useStatus((feed) => feed.value?.needs) ?? [];
  const label = needs.length > 0 ? t('frame.needs', { count: needs.length }) : t('frame.noNeeds');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon className={css['bell'] ?? ''} aria-label={label} title={label} onClick={() => setOpened((open) => !open)}>
          <Bell size={18} strokeWidth={1.75} />
          {needs.length > 0 && (
            <span className={css['badge']} aria-hidden>
              {format.number(needs.length)}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css['needs'] ?? ''} aria-label={label}>
        {needs.length > 0 ? <NeedList needs={needs} onLeave={() => setOpened(false)} /> : <p>{label}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
