/**
 * Parts that every screen is made of. They know no domain: states, texts and numbers are handed in.
 * Promises keyboard use, a spoken name and both schemes for each part. Refuses calls to the engine.
 */
export { AreaLine } from './area-line.tsx';
export { Arrow } from './arrow.tsx';
export { type BarPart, ProgressBar, ShareBar } from './bar.tsx';
export { Card } from './card.tsx';
export { Chip, type ChipTone } from './chip.tsx';
export { Choice, Choices } from './choice.tsx';
export { classes } from './classes.ts';
export { ConfirmName } from './confirm-name.tsx';
export { CopyButton } from './copy-button.tsx';
export { type DayBar, DayMark, type DayState, DayStrip } from './day-strip.tsx';
export { drawnWith } from './drawn-with.ts';
export { EmptyState } from './empty-state.tsx';
export { type BigFact, BigFacts, type Fact, FactList } from './facts.tsx';
export { FeedView } from './feed-view.tsx';
export { FieldRow, Fields } from './fields.tsx';
export { Glyph, type GlyphName } from './glyph.tsx';
export { KeyCap } from './key-cap.tsx';
export { KindIcon, type KindName } from './kind-icon.tsx';
export { LinkButton } from './link-button.tsx';
export { Mark } from './mark.tsx';
export { FailureNote, Note, type NoteTone } from './note.tsx';
export { Page, PageTitle } from './page.tsx';
export { inRem } from './rem.ts';
export { rowMove } from './row-moves.ts';
export { SaveBar } from './save-bar.tsx';
export { Waiting } from './waiting.tsx';
export { WizardFrame, type WizardStep } from './wizard-frame.tsx';
export { type YearDay, YearMap, YearSteps } from './year-map.tsx';
