import { useWords } from '../words/index.ts';

/** "to" as a drawing, since the typeface has no arrow. It is as large as the text around it. */
export function Arrow() {
  const t = useWords();
  return (
    <svg
      className="st-arrow"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={t('parts.to')}
    >
      <path d="M1.5 6h9M7.2 2.8 10.5 6 7.2 9.2" />
    </svg>
  );
}
