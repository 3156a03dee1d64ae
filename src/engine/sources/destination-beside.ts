/** By which an item goes beside what is in its place: the day of the restore, and which one of that day it is. */
export interface Beside {
  /** `2026-11-30`, where the person is. */
  readonly day: string;
  readonly nth: number;
}

const words = ({ day, nth }: Beside): string => (nth === 1 ? `restored ${day}` : `restored ${day} ${nth}`);

/** `a.tar` → `a (restored 2026-11-30).tar`; a leading dot begins no ending. */
export function nameBeside(name: string, beside: Beside): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${stem} (${words(beside)})${ending}`;
}

/** The same where spaces and brackets have no place. */
export const markBeside = (beside: Beside): string => words(beside).replaceAll(' ', '-');
