import type { TrayEntry, TrayShown } from '../../shared/contract/tray.ts';
import type { TrayItem, TrayMenu } from './tray-menu.ts';
import type { TrayAction } from './tray-model.ts';

/** The menu as the small window shows it: the same parts, without what they do. */
export function shownGroups(menu: TrayMenu): TrayShown['groups'] {
  const groups: TrayEntry[][] = [[]];
  for (const item of menu) {
    if (item === null) groups.push([]);
    else groups.at(-1)?.push(entryOf(item));
  }
  return groups;
}

const entryOf = ({ id, label, action, percent, submenu = [] }: TrayItem): TrayEntry => ({
  id,
  label,
  canBeChosen: action !== undefined,
  ...(percent === undefined ? {} : { percent }),
  below: submenu.map(entryOf),
});

/** What the part with this name does now; undefined where there is no such part any more. */
export function actionNamed(menu: TrayMenu, id: string): TrayAction | undefined {
  for (const item of menu) {
    if (item?.id === id) return item.action;
    const below = actionNamed(item?.submenu ?? [], id);
    if (below !== undefined) return below;
  }
  return undefined;
}
