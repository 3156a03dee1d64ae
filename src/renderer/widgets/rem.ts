/** Pixels of so many rems, for what is placed by number: it grows with the person's text. */
export const inRem = (rems: number): number => rems * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
