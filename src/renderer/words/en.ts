import { alertsEn } from './alerts.en.ts';
import { archivesEn } from './archives.en.ts';
import { browseEn } from './browse.en.ts';
import { choosingEn } from './choosing.en.ts';
import { firstStartEn } from './first-start.en.ts';
import { frameEn } from './frame.en.ts';
import { homeEn } from './home.en.ts';
import { jobsEn } from './jobs.en.ts';
import { jobWizardEn } from './job-wizard.en.ts';
import { partsEn } from './parts.en.ts';
import { recordEn } from './record.en.ts';
import { restoreWizardEn } from './restore-wizard.en.ts';
import { runsEn } from './runs.en.ts';
import { scheduleEn } from './schedule.en.ts';
import { settingsEn } from './settings.en.ts';
import { findEn } from './find.en.ts';
import { sizesEn } from './sizes.en.ts';
import { storageWizardEn } from './storage-wizard.en.ts';
import { sourcesEn } from './sources.en.ts';
import { storagesEn } from './storages.en.ts';
import { upkeepEn } from './upkeep.en.ts';

/** English is the reference: another language that lacks a key does not compile. */
export const en = {
  parts: partsEn,
  frame: frameEn,
  home: homeEn,
  browse: browseEn,
  choosing: choosingEn,
  jobs: jobsEn,
  schedule: scheduleEn,
  runs: runsEn,
  record: recordEn,
  storages: storagesEn,
  archives: archivesEn,
  find: findEn,
  sizes: sizesEn,
  upkeep: upkeepEn,
  sources: sourcesEn,
  storageWizard: storageWizardEn,
  jobWizard: jobWizardEn,
  restoreWizard: restoreWizardEn,
  firstStart: firstStartEn,
  settings: settingsEn,
  alerts: alertsEn,
} as const;
