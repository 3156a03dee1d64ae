import type { en } from './en.ts';
import { alertsDe } from './alerts.de.ts';
import { archivesDe } from './archives.de.ts';
import { browseDe } from './browse.de.ts';
import { choosingDe } from './choosing.de.ts';
import { firstStartDe } from './first-start.de.ts';
import { frameDe } from './frame.de.ts';
import { homeDe } from './home.de.ts';
import { jobsDe } from './jobs.de.ts';
import { jobWizardDe } from './job-wizard.de.ts';
import { partsDe } from './parts.de.ts';
import { recordDe } from './record.de.ts';
import { restoreWizardDe } from './restore-wizard.de.ts';
import { runsDe } from './runs.de.ts';
import { scheduleDe } from './schedule.de.ts';
import { settingsDe } from './settings.de.ts';
import type { Translated } from './translated.ts';
import { findDe } from './find.de.ts';
import { sizesDe } from './sizes.de.ts';
import { storageWizardDe } from './storage-wizard.de.ts';
import { sourcesDe } from './sources.de.ts';
import { storagesDe } from './storages.de.ts';
import { upkeepDe } from './upkeep.de.ts';

export const de: Translated<typeof en> = {
  parts: partsDe,
  frame: frameDe,
  home: homeDe,
  browse: browseDe,
  choosing: choosingDe,
  jobs: jobsDe,
  schedule: scheduleDe,
  runs: runsDe,
  record: recordDe,
  storages: storagesDe,
  archives: archivesDe,
  find: findDe,
  sizes: sizesDe,
  upkeep: upkeepDe,
  sources: sourcesDe,
  storageWizard: storageWizardDe,
  jobWizard: jobWizardDe,
  restoreWizard: restoreWizardDe,
  firstStart: firstStartDe,
  settings: settingsDe,
  alerts: alertsDe,
};
