/**
 * The one room that speaks SQL: the catalogs of storages (throw-away caches, encrypted), the profile's own store, and copies of what other
 * programs keep.
 *
 * Promises: applying the same commits gives the same rows; a catalog that cannot be opened is reported as `catalog.unusable`, never repaired in place.
 * Refuses: to hold anything of a storage that is not in its commits.
 */
export { serveAhead } from './ahead/ahead-thread.ts';
export type { AheadThreads } from './ahead/rows-ahead.ts';
export type {
  Candidate,
  Catalog,
  DescribedVersion,
  EndedVersion,
  LetGo,
  GrowthDay,
  KnownItem,
  RowsOfCycle,
  SelectedItem,
  TwoPasses,
  Selection,
} from './catalog.ts';
export type {
  FindQuery,
  FolderRow,
  FoundRow,
  HistoryEntry,
  ItemRow,
  DifferencePage,
  DifferenceQuery,
  PageQuery,
} from './shown.ts';
export type {
  CaptureBook,
  JobBook,
  Life,
  UpkeepMark,
  CaptureTally,
  ChangeTally,
  ClockMark,
  DaySpan,
  LogLine,
  ProfileStore,
  ScrubMark,
  StoredJob,
  StoredMirror,
  StoredReading,
  StoredSource,
  StoredStorage,
} from './profile-store.ts';
export { type CatalogOptions, openCatalog, removeCatalog, replaceCatalog } from './open-catalog.ts';
export type { TextContent } from './reading/text-contents.ts';
export { openTextIndex, removeTextIndex } from './texts/open-text-index.ts';
export type { FoundText, TextIndex } from './texts/text-index.ts';
export { placeText } from './reading/place-text.ts';
export { type NewStep, openRestoreJournal, type RestoreJournal, type RestoreStep } from './open-restore-journal.ts';
export { openRunDetails, type RunDetails } from './open-run-details.ts';
export { openForeignDatabase } from './sql/foreign-database.ts';
export type { CatalogFile } from './sql/catalog-connection.ts';
export { openProfileStore, type ProfileStoreOptions } from './open-profile-store.ts';
