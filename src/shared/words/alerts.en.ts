import type { AlertTopic } from '../domain/alert.ts';

/** What is sent, and what the inbox says. `{{job}}`, `{{storage}}`, `{{name}}` and counts are facts. English is the reference. */
export const alertTitlesEn: Readonly<Record<AlertTopic, string>> = {
  'backup-started': '{{job}}: a backup has begun',
  'backup-done': '{{job}} was backed up',
  'backup-warning': '{{job}} was backed up, with problems',
  'backup-failed': '{{job}} was not backed up',
  'work-failed': 'Work on storage {{storage}} did not come to its end',
  'scan-due': '{{job}} should be scanned',
  'mirror-late': '{{storage}} has received nothing for over a week',
  'job-unusual': '{{job}} ran unlike usual',
  'job-late': '{{job}} has saved nothing for too long',
  'job-asks': '{{job}} missed its time and asks whether to run',
  'source-frozen': 'Much changed at once in {{name}}',
  'clock-wrong': 'The clock may be wrong: nothing of {{storage}} is removed',
  'removal-waits': 'Removing in {{storage}} waits for you',
  'sign-in-ended': '{{name}}: the sign-in has ended',
  'sign-in-ends': '{{name}}: the sign-in ends soon',
  'certificate-ends': '{{name}}: the server’s certificate runs out',
  'nearly-full': 'Storage {{storage}} is nearly full',
  'check-done': 'A check of {{storage}} found it whole',
  'check-warning': 'A check of {{storage}} had problems',
  'check-failed': 'Storage {{storage}} could not be checked',
  'damage-found': 'A check of {{storage}} found damage',
  'rehearsal-done': 'A trial restore from {{storage}} gave everything back',
  'rehearsal-failed': 'A trial restore from {{storage}} failed',
  'mirror-done': '{{storage}} received what is new',
  'mirror-warning': '{{storage}} received what is new, with problems',
  'mirror-failed': '{{storage}} could not receive what is new',
  'restore-started': 'A restore from {{storage}} has begun',
  'restore-done': 'A restore from {{storage}} is done',
  'restore-warning': 'A restore from {{storage}} is done, with problems',
  'restore-failed': 'A restore from {{storage}} failed',
  week: 'The week in backups',
  test: 'This channel works',
  undelivered: 'Messages could not be delivered through {{channel}}',
};

export const alertTextsEn = {
  saved: '{{new}} new, {{changed}} changed, {{vanished}} vanished; {{stored}} stored in {{span}}.',
  problems: '{{problems}} things could not be saved. The run’s page in Strata names them.',
  problemsOne: 'One thing could not be saved. The run’s page in Strata names it.',
  scanDue: 'Changes may have gone unseen, and no scan is due by itself.',
  test: 'A message from Strata, to try out the channel “{{channel}}”. Nothing has happened.',
  week: '{{runs}} backups: {{successes}} fine, {{warnings}} with problems, {{failures}} failed. {{new}} new, {{changed}} changed, {{vanished}} vanished; {{stored}} stored.',
  digest: '{{count}} things to know',
};
export type AlertTexts = Readonly<Record<keyof typeof alertTextsEn, string>>;
