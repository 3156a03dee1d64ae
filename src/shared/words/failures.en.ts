import type { FailureHints, FailureReasons, FailureWords } from './failure-words.ts';

/** English is the reference: another language that lacks a sentence does not compile. */
export const failuresEn: FailureWords = {
  'usage.invalid': '{{reason}}',
  'name.unknown': 'There is no {{kind}} called “{{name}}”.',
  'name.ambiguous': '“{{name}}” fits more than one {{kind}}. Give more of it.',
  'name.taken': 'There is already a {{kind}} called “{{name}}”. Choose another name.',
  'input.invalid': 'The value of “{{field}}” is not valid. Nothing was changed.',
  'engine.lost': 'The backup engine stopped unexpectedly. Nothing that was saved is lost; it is being started again.',
  'engine.busy': 'Strata is already running for this profile and does not answer. Try again in a moment.',
  'confirmation.needed': 'This needs your confirmation. Repeat it with --yes, or see with --dry-run what it would do.',
  'not.supported': 'This is not possible here: {{reason}}',
  bug: 'Something went wrong inside Strata ({{name}}). Nothing that was saved is lost. The log has the details.',
  'disk.full': 'The disk of {{path}} is full. Nothing that was saved before is affected. Free some space and try again.',
  'path.missing': '{{path}} does not exist.',
  'path.denied': '{{path}} may not be read or written with your rights.',
  'path.not-a-directory': '{{path}} is not a folder.',
  'path.read-only': '{{path}} is on a read-only disk.',
  'path.io': 'The disk reported an error at {{path}} ({{errno}}). Check the disk and its cable.',
  'storage.not-empty': '{{path}} is not empty. A new storage needs an empty folder, so that nothing of yours is touched.',
  'storage.not-found': 'There is no storage at {{path}}.',
  'storage.exists': 'There is already a storage at {{path}}. Attach it instead of creating a new one.',
  'storage.locked': 'The storage is in use: {{purpose}} on {{machine}} since {{since}}. Try again when it has ended.',
  'storage.lock-lost': 'Another program took over the storage. This run stopped before its next step; what it had saved is kept.',
  'storage.needs-password': 'The storage “{{name}}” is locked. Give its password or recovery key.',
  'storage.wrong-password': 'This is not the password of the storage.',
  'storage.wrong-recovery-key': 'This is not the recovery key of the storage.',
  'storage.password-too-short': 'The password is too short. Use at least {{minimum}} characters.',
  'storage.recovery-key-malformed':
    'This is not a complete recovery key: a character or word is missing or wrong. Compare it with the sheet.',
  'storage.recovery-key-not-kept':
    'The recovery key of the storage cannot be shown again. Make a new one; from then on it can be.',
  'storage.key-renewed':
    'The storage at {{path}} was given a new key. What was used here opens older copies only. Give the password with which the new key was made.',
  'storage.last-key':
    'This cannot be removed: a storage keeps at least one password, and its recovery key can only be replaced. Nothing was changed.',
  'storage.damaged': 'The storage at {{path}} is damaged: {{file}} cannot be read. Nothing was changed.',
  'storage.newer-format': 'The storage was written by a newer Strata (format {{format}}). Update Strata to open it.',
  'storage.not-this-one': 'At {{path}} there is another storage than the one that was set up. Plug in the right disk.',
  'storage.in-use': 'The storage “{{name}}” is used by the job “{{job}}”. Change or remove the job first.',
  'storage.went-back':
    'The storage at {{path}} is older than when it was last seen here. It may be an old copy. It can be read and restored from, but nothing is written to it until it is the newest again.',
  'storage.owned-elsewhere':
    'The storage at {{path}} belongs to Strata on {{host}}, since {{since}}. Here it can be read and restored from. To go on with it here, adopt it: {{host}} can then no longer write to it.',
  'storage.adopted-away':
    'The storage at {{path}} was adopted by Strata on {{host}}, {{since}}. Nothing is written to it from here any more. It can be read and restored from, or adopted back.',
  'storage.not-opened':
    'Reading what is in “{{name}}” was stopped before its end, so the storage is not open. It begins anew when the storage is opened again.',
  'storage.read-only':
    'The storage “{{name}}” is set up here for reading only. Nothing is written to it. Adopt it to go on with it here.',
  'storage.is-a-copy':
    '{{path}} is a copy of the storage “{{name}}”, which is at {{known}}. Two copies of one storage would grow apart, so only one of them can be used.',
  'storage.moved':
    'The storage at {{path}} is “{{name}}”, which was at {{known}}. Say that it has moved, and it is used where it is now.',
  'storage.is-a-mirror': 'The storage “{{name}}” receives what “{{origin}}” holds. Nothing else is written to it.',
  'mirror.inside': '{{path}} lies inside {{other}}. A copy in the storage itself would be lost with it.',
  'mirror.not-empty':
    'The storage “{{name}}” holds backups of its own. A mirror or an archive needs a storage of its own that is new.',
  'mirror.origin-differs':
    'What “{{name}}” has received is not in the storage any more: it was put back to an older state, or is another one. Nothing was copied.',
  'archive.other-choice':
    '“{{name}}” was begun with another choice of sources or kinds, and an archive keeps its choice. For another choice, make another archive.',
  'storage.record-damaged': '{{file}} in the storage is damaged. Items that need it cannot be restored from this storage.',
  'storage.read-flickers':
    'Reading {{path}} gave wrong bytes at first and the right ones the second time. What lies there is fine; something between it and Strata is not. Test the memory of this computer, and try another cable or port.',
  'storage.limit-exceeded': '{{file}} in the storage claims a size that Strata never writes. It was not read.',
  'storage.too-little-memory':
    'Unlocking the storage takes {{mebibytes}} MiB of memory, and there is not that much free. Close other programs and try again.',
  'storage.verify-failed':
    'What was about to be stored came back changed when it was verified in memory. Nothing wrong was stored. If it happens again, test the memory of this computer.',
  'storage.not-served': 'Nothing could be saved to “{{name}}” in this run. What it lacks is made up for.',
  'storage.nearly-full':
    'The disk of {{path}} has less free space than the limit that was set. Nothing more is written until there is room.',
  'storage.needs-repair':
    'Something in the storage at {{path}} is damaged or missing ({{file}}). Until it is repaired nothing is removed, so that nothing is removed by mistake.',
  'storage.no-room-to-repair':
    'To save what is whole of damaged files, {{mebibytes}} MiB more must be free at {{path}}. Nothing was changed.',
  'storage.nothing-to-return':
    'What lies there in the trash of {{path}} was left by runs that broke off. No moment ever held it, so there is nothing to bring back.',
  'storage.not-in-trash': 'Nothing of this is in the trash of {{path}} any more.',
  'catalog.unusable': 'The catalog of the storage could not be used and is being made again from the storage.',
  'profile.newer': 'The settings in {{path}} were changed by a newer Strata. Update Strata to use them; nothing was changed.',
  'profile.unusable':
    'The settings in {{path}} are damaged and cannot be read. Your storages are not affected: move the file away, start Strata again and attach them.',
  'source.missing': '{{path}} is not there. It may be unplugged or renamed. Nothing was marked as deleted.',
  'source.empty':
    '{{source}} is empty although it held {{items}} items before. Nothing was marked as deleted; check that it is the right one.',
  'source.swapped':
    '{{path}} is on another disk or in another account than before ({{items}} items are known of the earlier one). Nothing was marked as deleted; check that it is the right one.',
  'source.unreachable':
    '{{host}}:{{port}} cannot be reached: the network there or here is down, or something in between holds it back. Check the network; it is tried again by itself.',
  'source.host-unknown':
    'There is no server called {{host}}, or this computer has no network now. Check how the name is written, and the network.',
  'source.connection-refused':
    '{{host}} is there, but nobody answers at port {{port}}. Check the port; the server may also be stopped for a while.',
  'source.timed-out':
    '{{host}}:{{port}} did not answer in time. The network may be slow or hold the connection back; a wrong port looks the same. It is tried again by itself.',
  'source.web-page':
    'At {{host}}:{{port}} a web page answered instead of the server. Often that is the sign-in page of a hotel’s or a train’s network: open a browser, sign in there, and try again. Nothing was sent.',
  'source.busy':
    '{{host}} cannot let anybody in at the moment: it is too busy or under maintenance. Nothing is wrong with the password; it is tried again by itself.',
  'source.starttls-refused':
    '{{host}}:{{port}} does not go over to encryption (STARTTLS). Nothing was sent. Choose “TLS from the first byte”, mostly at port 993; if that fails too, somebody in between may be listening.',
  'source.certificate-changed':
    '{{host}} shows another certificate than the one that you approved. It may have been renewed, or somebody is in between. Nothing was sent. Compare the fingerprint with your provider’s before you approve the new one.',
  'source.certificate-ends':
    'The certificate of {{host}} ends in {{span}}. Whoever runs the server should renew it: once it has ended, nothing more is backed up from there.',
  'source.certificate-ended':
    'The certificate that {{host}} showed last ended {{span}} ago. Until whoever runs the server renews it, nothing more is backed up from there.',
  'source.approved-ends':
    'The certificate of {{host}} that you approved ends in {{span}}. When the server gets a new one, backups stop until you have approved that.',
  'source.approved-ended':
    'The certificate of {{host}} that you approved ended {{span}} ago. Strata goes on with it, because you approved this very one. When the server gets a new one, backups stop until you have approved that.',
  'source.sign-in-refused': '{{host}} refused the sign-in of {{user}}: the user name or the password is wrong. Check both.',
  'source.app-password-needed':
    '{{host}} does not take the usual password of {{user}}. It wants an app password: make one in the account’s settings at the provider, and type it here.',
  'source.browser-sign-in-needed':
    '{{host}} takes no password of {{user}}. It lets programs in through its sign-in page in a browser only: choose that way of signing in, or sign in at the provider’s page once where it asks for that.',
  'source.switched-off':
    'Reading mail with programs (IMAP) is switched off for {{user}}. Switch it on in the settings at the provider, or ask the administrator, and try again.',
  'source.too-many-connections':
    '{{host}} has too many connections of {{user}} open: other programs and phones count, too. Close some of them; it is tried again by itself.',
  'source.too-many-attempts':
    '{{host}} locks {{user}} out for a while, after too many attempts to sign in. Wait, often an hour, and check the password before the next try.',
  'source.account-locked':
    '{{host}} has locked or shut off the account {{user}}. Sign in at the provider’s page, or ask the administrator, to have it opened again.',
  'source.password-expired':
    'The password of {{user}} at {{host}} has expired. Give the account a new one at the provider, and type it here.',
  'source.sign-in-expired':
    'The sign-in of “{{source}}” has ended: it was withdrawn, the password was changed, or it was not used for too long. Nothing that was saved is affected. Sign in again.',
  'source.sign-in-ends':
    'The sign-in of “{{source}}” ends in {{span}}, says the provider. Sign in again before: then no backup is missed.',
  'source.consent-needed':
    '{{host}} does not accept what was allowed for {{user}}. Sign in again and agree to all that is asked; in a company an administrator may have to agree first.',
  'source.tls-refused': '{{host}}:{{port}} does not offer the encryption that was asked for ({{tls}}). Nothing was sent.',
  'source.tls-untrusted': 'The certificate of {{host}} is not trusted: {{reason}}. Nothing was sent.',
  'source.needs-secret': 'The password of “{{source}}” is not at hand. Type it again.',
  'source.needs-sign-in': 'Strata is not signed in to “{{source}}”. Sign in again.',
  'source.takes-no-token':
    '{{host}} lets nobody in with a sign-in that was made in a browser (it offers neither OAUTHBEARER nor XOAUTH2). Nothing was sent. Choose the sign-in with a password.',
  'source.disconnected':
    '{{host}} closed the connection in the middle. What was saved until then is kept; the next cycle goes on from there.',
  'source.throttled':
    '{{host}} asks for a pause, because much was read in a short time. What was saved until then is kept; the next cycle goes on from there.',
  'source.watch-lost':
    'Changes in {{path}} are not noticed at the moment ({{reason}}). It is tried again; a scan sees them in any case.',
  'source.protocol': '{{host}} answered something that Strata does not understand ({{reason}}). Nothing was changed.',
  'source.elsewhere':
    '{{host}} sends Strata on to {{other}}. Nothing was asked there, and no password was sent. If you know that server, give its address instead.',
  'source.not-offered':
    '{{host}} does not say where its {{service}} is. Give the address that your provider or administrator names for it.',
  'source.here-already': 'The source is set up here already, as “{{name}}”.',
  'source.in-use': 'The source “{{name}}” is used by the job “{{job}}”. Change or remove the job first.',
  'folder.unreadable': 'The folder {{folder}} could not be read ({{reason}}). It is still at the source and will be tried again.',
  'item.unreadable': '{{item}} could not be read ({{reason}}). It is still at the source and will be tried again.',
  'item.changed-while-reading': '{{item}} changed while it was being read. It will be read again in the next cycle.',
  'item.changed-unseen':
    '{{item}} has another content than is stored, though its source says that it did not change. Both are kept. If nobody changed it, look at the disk or the server where it lies.',
  'item.too-large': '{{item}} is larger than Strata can keep ({{size}} bytes).',
  'item.takes-too-much':
    'Reading what {{item}} says takes more time or memory than any item should. It is saved and can be restored, but a search finds nothing in its text.',
  'sign-in.no-such-address': '{{host}} is no sign-in server that Strata understands ({{reason}}). Check its address.',
  'sign-in.declined': 'The sign-in was declined on the provider’s page. Nothing was changed. Begin again to try once more.',
  'sign-in.timed-out': 'Nobody signed in within the time that there was. Nothing was changed. Begin again.',
  'sign-in.cancelled': 'The sign-in was broken off. Nothing was changed.',
  'sign-in.client-refused':
    '{{host}} does not know the client id, or does not let it do this ({{reason}}). Check client id and secret, and what the provider’s page says of them: kind of program, way back to this computer, scopes.',
  'sign-in.not-lasting':
    '{{host}} let you in, but only for a moment: it gave nothing to sign in with later. Add the scope that lasting access needs (often “offline_access”), and begin again.',
  'sign-in.failed': 'Signing in at {{host}} did not work ({{reason}}). Nothing was changed. Try again later.',
  'run.interrupted':
    'The run was interrupted because Strata stopped. What was saved until then is kept; the next run goes on from there.',
  'run.already-running': 'The job “{{job}}” is already running.',
  'setup.too-large': 'The setup file is larger than {{bytes}} bytes. No setup is that large.',
  'setup.unreadable': 'Line {{line}} of the setup file is no YAML that can be read.',
  'setup.alias':
    'Line {{line}} of the setup file has an anchor, an alias or a tag. None of them is needed there, and none is read.',
  'setup.wrong-value': 'Line {{line}} of the setup file: “{{field}}” is missing there, or cannot be what it is.',
  'setup.unknown-field': 'Line {{line}} of the setup file: there is no “{{field}}”.',
  'setup.twice': 'The setup file has two of the name “{{name}}” ({{kind}}).',
  'setup.unknown-name': 'In the setup file “{{user}}” names “{{name}}” ({{kind}}), which is neither in the file nor set up here.',
  'setup.place-differs': 'The storage “{{name}}” lies in {{before}} and not in {{after}}. A setup file moves no storage.',
  'setup.kind-differs': '“{{name}}” ({{kind}}) is of another kind here than in the setup file.',
  'setup.needs-secret': '“{{name}}” ({{kind}}) needs its password or secret. Name it in the setup file as env:NAME or file:PATH.',
  'schedule.cron-invalid':
    '“{{expression}}” is no cron expression that Strata understands: five fields (minute, hour, day, month, weekday) of numbers, names, lists, ranges and steps. Nothing was changed.',
  'schedule.cron-unclear':
    '“{{expression}}” means different things to different programs: name either days of the month or weekdays, and ranges from low to high. Nothing was changed.',
  'schedule.never': 'With these times, windows and conditions the job would never run by itself. Nothing was changed.',
  'action.failed': '“{{action}}” ended with the exit code {{code}}.',
  'action.killed': '“{{action}}” was ended by the signal {{signal}}.',
  'action.timed-out': '“{{action}}” took longer than its {{seconds}} seconds and was ended.',
  'action.stopped': '“{{action}}” was ended because somebody wanted it to stop.',
  'action.not-found': '“{{action}}” did not begin: there is no program {{program}}, or no folder {{folder}}.',
  'action.not-executable': '“{{action}}” did not begin: {{program}} may not be run.',
  'action.not-begun': '“{{action}}” did not begin: the system says {{error}} about {{program}}.',
  'action.refused': '“{{action}}” was refused: {{host}} answered with the status {{status}}.',
  'action.needs-secret':
    '“{{action}}” needs the value of its header {{header}}, which is kept nowhere. Edit the action and give it.',
  'action.address':
    'This is no address that can be used: an address begins with https://, or with http:// in your own network, and names nobody with a password.',
  'action.was-cut':
    'When Strata ended last, “{{action}}” was going on. Nobody knows how it ended, and what it began may still be going on.',
  'run.unusually-large':
    'The last run stored {{mebibytes}} MiB, where {{usual}} MiB are usual. That is fine if you know why; encrypted or newly copied folders look like this, too.',
  'run.unusually-long':
    'The last run took {{minutes}} minutes, where {{usual}} are usual. A slow network or a disk that fails look like this.',
  'job.nothing-missed': 'The job “{{job}}” has no missed run that waits for an answer.',
  'run.not-paused': 'This run is not paused.',
  'run.cannot-pause': 'Only backups can be paused, and only while they run.',
  'run.not-running': 'This run has already ended.',
  'job.disabled': 'The job “{{job}}” is switched off.',
  'removal.clock-ahead':
    'The clock of this computer is {{span}} ahead of what can be explained since the last backup. Nothing is removed until it is right, or until you say that it is.',
  'removal.clock-behind':
    'The clock of this computer is {{span}} behind the newest backup. Nothing is removed until it is right, or until you say that it is.',
  'removal.needs-confirmation':
    'Removing would take {{versions}} versions ({{percent}} % of what is kept). So much is only removed when you confirm it.',
  'removal.plan-changed': 'What would be removed has changed since you saw it. Nothing was removed; look at it again.',
  'removal.frozen': 'Nothing of “{{source}}” is removed until you have answered the warning about it.',
  'removal.newest-moment': 'The newest moment of a job cannot be forgotten.',
  'removal.source-in-use':
    'The job “{{job}}” saves “{{source}}” here. Take the source out of the job first, or its next run saves everything again.',
  'removal.origin-unsure':
    'Nothing is removed from “{{name}}”: “{{origin}}”, from which it receives, cannot be looked at or does not look well, and this copy may be all that is left.',
  'guard.deleted':
    '{{count}} of {{of}} items of “{{source}}” vanished at once. Everything was saved as it is; nothing earlier is removed until you answer.',
  'guard.changed':
    '{{count}} of {{of}} items of “{{source}}” changed at once. Everything was saved as it is; nothing earlier is removed until you answer.',
  'guard.scrambled':
    'Most changed items of “{{source}}” look encrypted now and did not before. Everything was saved as it is; nothing earlier is removed until you answer.',
  'guard.unlike':
    'Almost nothing of “{{source}}” is like what was saved before. Everything was saved as it is; nothing earlier is removed until you answer.',
  'guard.renamed':
    '{{count}} items of “{{source}}” were renamed to end in “{{extension}}”. Everything was saved as it is; nothing earlier is removed until you answer.',
  'guard.canary':
    'The file {{item}} of “{{source}}”, which nobody should touch, was changed. Everything was saved as it is; nothing earlier is removed until you answer.',
  'restore.not-back':
    '{{source}} is kept by another program, and Strata never writes into its files. Restore to a folder or to a mail account instead.',
  'restore.no-match': 'Nobody said where “{{source}}” should go. Choose an account for it, or leave it out.',
  'restore.other-system':
    '{{path}} of {{source}} is a path of another system, so there is no such place here. Restore to a folder instead.',
  'restore.only-read':
    'Strata reads {{source}} over JMAP and cannot write to it. Restore to a folder, or to a mail account over IMAP instead.',
  'restore.nothing-selected': 'Nothing was found to restore at that moment.',
  'restore.item-damaged': '{{item}} cannot be restored whole: the storage is damaged where it lies.',
  'restore.page-full': '{{count}} items are in the folder “items”, but not in the page of the archive: it lists {{limit}}.',
  'restore.page-in-the-way': '{{path}} is there and belongs to something else. Choose another folder for the archive.',
  'restore.name-unsafe': '{{item}} has a name that cannot be used at the destination.',
  'restore.other-bytes':
    '{{item}} is there with the time and the rights that it is to have, but with other content: as when the power goes out after a restore. It was left as it is; restore it once more and let it be replaced, if it is broken.',
  'restore.write-failed': '{{item}} could not be written ({{reason}}).',
  'restore.destination-inside-storage': '{{path}} lies inside the storage. Choose another place.',
  'restore.no-such-moment': 'There is no moment that fits “{{at}}”. The first copy is from {{first}}.',
  'restore.nothing-failed': 'Nothing of this restore failed, so there is nothing to try again.',
  'restore.came-out-otherwise': '{{item}} was read back, and is not quite what was written ({{reason}}).',
  'restore.no-reading-back':
    'mbox files and pocket archives are not read back item by item. Restore into them without it, or as EML or files.',
  'restore.not-there': '{{item}} was written, and is not there any more.',
  'restore.empty-not-here':
    'Only folders of a source can be emptied first. Choose the original place or a source, or another rule for what is there already.',
  'restore.empty-one-source': 'Only folders of one source can be emptied first. Restore one source at a time.',
  'restore.empty-whole-folders':
    'Only whole folders as of a moment can be emptied first. Choose folders instead of single items, or another rule for what is there already.',
  'restore.empty-whole-items': 'Where a folder is emptied first, everything comes back. Leave nothing out, or do not empty it.',
  'restore.empty-not-saved':
    '{{source}} is not backed up to {{storage}}, so nothing there could be put back. Back it up to this storage first.',
  'restore.empty-unconfirmed': 'What is there is removed first: to confirm that, type the name {{name}}.',
  'restore.stays-not-saved': '{{item}} stays, because the storage does not have it. Run the backup, then restore once more.',
  'restore.stays-changed':
    '{{item}} stays, because it is not as the last backup saw it, or nobody can tell. Run the backup, then restore once more.',
  'undo.changed': '{{item}} was changed since it was restored, so it stays as it is.',
  'undo.folder-in-use': 'The folder {{item}} was made by the restore and stays, because something else lies in it by now.',
  'undo.not-kept': '{{item}} stays: the storage does not have what stood in its place before the restore.',
  'undo.nothing-left': 'Nothing is left of this restore that could be undone.',
  'undo.not-known':
    'Nobody wrote down what this restore did: it is older than 30 days, ran in another profile, or only said what it would do.',
  'undo.still-running': 'This restore still runs. Stop it first.',
  'undo.unknown': '{{item}} stays: the server numbered the folder anew, so it cannot be told from other things there.',
  'undo.version-gone': '{{item}} stays: the storage no longer has it, so nobody can tell whether it was changed since.',
  'rehearsal.already-running': 'A trial restore from “{{storage}}” is already running.',
  'rehearsal.none-yet': 'No trial restore from “{{storage}}” has come to its end yet.',
  'rehearsal.unequal':
    'Of {{items}} items that were restored as a trial, {{count}} did not come back as they were saved. Check the storage, and repair it from a mirror.',
  'restore.attributes-lost':
    '{{count}} restored items came back without some of their extended attributes or access lists ({{reason}}); the first is {{item}}. Their contents are complete.',
  'restore.mode-lost':
    '{{count}} restored items could not get their permissions back ({{reason}}); the first is {{item}}. Their contents are complete.',
  'restore.owner-lost':
    '{{count}} restored items belong to you instead of their former owner ({{reason}}); the first is {{item}}. Only the administrator can give files to others.',
  'restore.times-lost':
    '{{count}} restored items could not get their time back ({{reason}}); the first is {{item}}. Their contents are complete.',
  'alert.needs-secret': 'What lets Strata in at the channel “{{channel}}” is not at hand. Give it once more.',
  'alert.address':
    'This is no address that can be used. It begins with https:// and is copied whole from the service that gave it.',
  'alert.open-line':
    '{{host}} would be spoken to without encryption, and is not in this network. Nothing was sent. Use an address that begins with https://.',
  'alert.not-let-in':
    '{{host}} did not let the message in (status {{status}}): the address or the token is wrong, or is not valid any more. Copy it anew from the service.',
  'alert.refused': '{{host}} did not take the message (status {{status}}). Check the address and who is to receive it.',
  'alert.throttled': '{{host}} gets more messages than it wants at the moment. It is tried again by itself.',
  'alert.server-failed': '{{host}} has trouble of its own (status {{status}}). It is tried again by itself.',
  'alert.led-elsewhere':
    '{{host}} wants the message sent to another address. It was not sent on: use the address to which it leads, if you trust it.',
  'alert.recipient-refused': '{{host}} takes no mail for {{to}}. Check the address; the sender’s address may be the reason, too.',
  'alert.given-up':
    'For a day nothing could be delivered through “{{channel}}”, so {{count}} messages were dropped. They are here in the inbox.',
  'keychain.unavailable':
    'This system has no keychain that Strata can use, or it is locked. Passwords are asked for instead of being kept.',
};

/** What may help, said behind the sentence where a failure's facts have such a "hint". */
export const hintsEn: FailureHints = {
  spaces: 'What was typed has spaces at its ends.',
  older: 'What was typed is the older one of the two: type the newer one, which stays.',
  'app-password': 'This provider usually wants an app password here, made in the account’s settings.',
  'switched-off': 'At this provider IMAP must be switched on in its settings first; while it is off, every password is refused.',
  'browser-only': 'This provider takes no passwords from programs: choose the sign-in in the browser.',
  bridge: 'Use the password that the provider’s Bridge program shows, and have it running.',
};

/** Why a certificate was refused. */
export const reasonsEn: FailureReasons = {
  'other content': 'its content is another',
  'other flags': 'its flags are others',
  'other date': 'its date is another',
  'other rights': 'its time or rights are others',
  'self-signed': 'it vouches for itself only',
  expired: 'it has expired',
  'not-yet-valid': 'it is not valid yet; check this computer’s clock',
  'wrong-name': 'it is made out to another server',
  'unknown-issuer': 'nobody known here has issued it',
};
