import type { JobColor } from '../../shared/domain/job-marks.ts';
import css from './color-mark.module.css';

/** A job's colour, beside its name: says nothing that is not said in words too. */
export function ColorMark({ color }: { readonly color: JobColor | null }) {
  return color === null ? null : <span className={css['mark']} data-color={color} aria-hidden />;
}
