import { describe, expect, it } from 'vitest';
import type { JobId, RunId } from '../../shared/domain/ids.ts';
import type { TrayMenu } from './tray-menu.ts';
import { actionNamed, shownGroups } from './tray-shown.ts';

const run = 'r0000000000000000000' as RunId;
const menu: TrayMenu = [
  {
    id: `run-${run}`,
    label: 'Mail: 40 %',
    percent: 40,
    submenu: [{ id: `stop-${run}`, label: 'Stop', action: { do: 'stop', run } }],
  },
  { id: 'next', label: 'Nothing is planned' },
  null,
  {
    id: 'back-up',
    label: 'Back up now',
    submenu: [{ id: 'all', label: 'All', action: { do: 'back-up', jobs: ['j' as JobId] } }],
  },
  null,
  { id: 'quit', label: 'Quit', action: { do: 'quit' } },
];

describe('the small window of the tray', () => {
  it('shows the parts of the menu in its groups, and nothing of what they do', () => {
    const groups = shownGroups(menu);
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([[`run-${run}`, 'next'], ['back-up'], ['quit']]);
    expect(groups[0]?.[0]).toEqual({
      ...{ id: `run-${run}`, label: 'Mail: 40 %', canBeChosen: false, percent: 40 },
      below: [{ id: `stop-${run}`, label: 'Stop', canBeChosen: true, below: [] }],
    });
    expect(groups.flat().map(({ canBeChosen }) => canBeChosen)).toEqual([false, false, false, true]);
  });

  it('does what a part does that is there now, at any depth, and nothing for a name that is gone or made up', () => {
    expect(actionNamed(menu, `stop-${run}`)).toEqual({ do: 'stop', run });
    expect(actionNamed(menu, 'quit')).toEqual({ do: 'quit' });
    for (const id of ['next', `run-${run}`, 'stop-r0000000000000000001', '', '__proto__'])
      expect(actionNamed(menu, id)).toBeUndefined();
  });
});
