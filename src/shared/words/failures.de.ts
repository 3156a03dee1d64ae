import type { FailureHints, FailureReasons, FailureWords } from './failure-words.ts';

export const failuresDe: FailureWords = {
  'usage.invalid': '{{reason}}',
  'name.unknown': 'Es gibt nichts mit dem Namen „{{name}}“ ({{kind}}).',
  'name.ambiguous': '„{{name}}“ passt auf mehrere Einträge ({{kind}}). Geben Sie mehr davon an.',
  'name.taken': 'Den Namen „{{name}}“ gibt es schon ({{kind}}). Wählen Sie einen anderen.',
  'input.invalid': 'Der Wert von „{{field}}“ ist ungültig. Nichts wurde geändert.',
  'engine.lost': 'Der Sicherungsdienst wurde unerwartet beendet. Nichts Gesichertes ist verloren; er wird neu gestartet.',
  'engine.busy': 'Strata läuft bereits mit diesem Profil und antwortet nicht. Versuchen Sie es gleich noch einmal.',
  'confirmation.needed': 'Das muss bestätigt werden. Wiederholen Sie es mit --yes, oder sehen Sie mit --dry-run, was geschähe.',
  'not.supported': 'Das ist hier nicht möglich: {{reason}}',
  bug: 'In Strata ist etwas schiefgegangen ({{name}}). Nichts Gesichertes ist verloren. Näheres steht im Protokoll.',
  'disk.full':
    'Der Datenträger von {{path}} ist voll. Früher Gesichertes ist nicht betroffen. Schaffen Sie Platz und versuchen Sie es erneut.',
  'path.missing': '{{path}} gibt es nicht.',
  'path.denied': '{{path}} darf mit Ihren Rechten nicht gelesen oder beschrieben werden.',
  'path.not-a-directory': '{{path}} ist kein Ordner.',
  'path.read-only': '{{path}} liegt auf einem schreibgeschützten Datenträger.',
  'path.io': 'Der Datenträger meldet bei {{path}} einen Fehler ({{errno}}). Prüfen Sie Datenträger und Kabel.',
  'storage.not-empty':
    '{{path}} ist nicht leer. Ein neuer Speicher braucht einen leeren Ordner, damit nichts von Ihnen berührt wird.',
  'storage.not-found': 'Bei {{path}} liegt kein Speicher.',
  'storage.exists': 'Bei {{path}} liegt schon ein Speicher. Binden Sie ihn ein, statt einen neuen anzulegen.',
  'storage.locked': 'Der Speicher wird benutzt: {{purpose}} auf {{machine}} seit {{since}}. Versuchen Sie es danach noch einmal.',
  'storage.lock-lost':
    'Ein anderes Programm hat den Speicher übernommen. Der Lauf hat vor dem nächsten Schritt angehalten; Gesichertes bleibt.',
  'storage.needs-password': 'Der Speicher „{{name}}“ ist verschlossen. Geben Sie Passwort oder Wiederherstellungsschlüssel ein.',
  'storage.wrong-password': 'Das ist nicht das Passwort des Speichers.',
  'storage.wrong-recovery-key': 'Das ist nicht der Wiederherstellungsschlüssel des Speichers.',
  'storage.password-too-short': 'Das Passwort ist zu kurz. Nehmen Sie mindestens {{minimum}} Zeichen.',
  'storage.recovery-key-malformed':
    'Der Wiederherstellungsschlüssel ist unvollständig: ein Zeichen oder Wort fehlt oder ist falsch. Vergleichen Sie ihn mit dem Blatt.',
  'storage.recovery-key-not-kept':
    'Der Wiederherstellungsschlüssel des Speichers kann nicht noch einmal gezeigt werden. Machen Sie einen neuen; der kann es dann.',
  'storage.key-renewed':
    'Der Speicher unter {{path}} hat einen neuen Schlüssel bekommen. Was hier benutzt wurde, öffnet nur ältere Stände. Geben Sie das Passwort ein, mit dem der neue Schlüssel gemacht wurde.',
  'storage.last-key':
    'Das kann nicht entfernt werden: Ein Speicher behält mindestens ein Passwort, und sein Wiederherstellungsschlüssel kann nur ersetzt werden. Es wurde nichts geändert.',
  'storage.damaged': 'Der Speicher bei {{path}} ist beschädigt: {{file}} ist nicht lesbar. Nichts wurde geändert.',
  'storage.newer-format':
    'Der Speicher wurde von einem neueren Strata geschrieben (Format {{format}}). Aktualisieren Sie Strata.',
  'storage.not-this-one':
    'Bei {{path}} liegt ein anderer Speicher als der eingerichtete. Schließen Sie den richtigen Datenträger an.',
  'storage.in-use': 'Der Speicher „{{name}}“ wird vom Auftrag „{{job}}“ benutzt. Ändern oder entfernen Sie zuerst den Auftrag.',
  'storage.went-back':
    'Der Speicher bei {{path}} ist älter als beim letzten Mal. Vielleicht ist er eine alte Kopie. Lesen und Wiederherstellen geht; geschrieben wird erst wieder, wenn er der neueste ist.',
  'storage.owned-elsewhere':
    'Der Speicher in {{path}} gehört Strata auf {{host}}, seit {{since}}. Hier kann aus ihm gelesen und wiederhergestellt werden. Um hier mit ihm weiterzumachen, übernehmen Sie ihn: {{host}} kann dann nicht mehr in ihn schreiben.',
  'storage.adopted-away':
    'Der Speicher in {{path}} wurde von Strata auf {{host}} übernommen, {{since}}. Von hier wird nichts mehr in ihn geschrieben. Aus ihm kann gelesen und wiederhergestellt werden, oder Sie übernehmen ihn zurück.',
  'storage.not-opened':
    'Das Lesen dessen, was in „{{name}}“ liegt, wurde vor dem Ende angehalten; der Speicher ist nicht offen. Es beginnt von vorn, wenn er wieder geöffnet wird.',
  'storage.read-only':
    'Der Speicher „{{name}}“ ist hier nur zum Lesen eingerichtet. In ihn wird nichts geschrieben. Übernehmen Sie ihn, um hier mit ihm weiterzumachen.',
  'storage.is-a-copy':
    '{{path}} ist eine Kopie des Speichers „{{name}}“, der in {{known}} liegt. Zwei Kopien eines Speichers würden auseinanderlaufen, deshalb kann nur eine verwendet werden.',
  'storage.moved':
    'Der Speicher in {{path}} ist „{{name}}“, der in {{known}} lag. Sagen Sie, dass er umgezogen ist, dann wird er dort verwendet, wo er jetzt liegt.',
  'storage.is-a-mirror': 'Der Speicher „{{name}}“ erhält, was „{{origin}}“ enthält. Sonst wird nichts in ihn geschrieben.',
  'mirror.inside': '{{path}} liegt innerhalb von {{other}}. Eine Kopie im Speicher selbst ginge mit ihm verloren.',
  'mirror.not-empty':
    'Der Speicher „{{name}}“ enthält eigene Sicherungen. Ein Spiegel oder ein Archiv braucht einen eigenen, neuen Speicher.',
  'mirror.origin-differs':
    'Was „{{name}}“ erhalten hat, ist nicht mehr im Speicher: Er wurde auf einen älteren Stand zurückgesetzt oder ist ein anderer. Es wurde nichts kopiert.',
  'archive.other-choice':
    '„{{name}}“ wurde mit einer anderen Auswahl von Quellen oder Arten begonnen, und ein Archiv behält seine Auswahl. Für eine andere Auswahl legen Sie ein weiteres Archiv an.',
  'storage.record-damaged':
    '{{file}} im Speicher ist beschädigt. Einträge, die es brauchen, lassen sich von hier nicht wiederherstellen.',
  'storage.read-flickers':
    'Beim Lesen von {{path}} kamen zuerst falsche Bytes und beim zweiten Mal die richtigen. Was dort liegt, stimmt; etwas zwischen dort und Strata nicht. Prüfen Sie den Arbeitsspeicher dieses Computers, und versuchen Sie ein anderes Kabel oder einen anderen Anschluss.',
  'storage.limit-exceeded': '{{file}} im Speicher gibt eine Größe an, die Strata nie schreibt. Es wurde nicht gelesen.',
  'storage.too-little-memory':
    'Zum Aufschließen des Speichers werden {{mebibytes}} MiB Arbeitsspeicher gebraucht; so viel ist nicht frei. Schließen Sie andere Programme und versuchen Sie es erneut.',
  'storage.verify-failed':
    'Was gespeichert werden sollte, kam bei der Gegenprobe im Arbeitsspeicher verändert zurück. Nichts Falsches wurde gespeichert. Tritt es wieder auf, prüfen Sie den Arbeitsspeicher dieses Computers.',
  'storage.not-served': 'In diesem Lauf ließ sich auf „{{name}}“ nichts sichern. Was dort fehlt, wird nachgeholt.',
  'storage.nearly-full':
    'Auf dem Datenträger von {{path}} ist weniger Platz frei als die gesetzte Grenze. Es wird nichts mehr geschrieben, bis Platz ist.',
  'storage.needs-repair':
    'Etwas im Speicher unter {{path}} ist beschädigt oder fehlt ({{file}}). Bis es repariert ist, wird nichts entfernt, damit nichts aus Versehen entfernt wird.',
  'storage.no-room-to-repair':
    'Um zu retten, was von beschädigten Dateien heil ist, müssen unter {{path}} noch {{mebibytes}} MiB frei werden. Nichts wurde geändert.',
  'storage.nothing-to-return':
    'Was dort im Papierkorb von {{path}} liegt, haben abgebrochene Läufe hinterlassen. Kein Zeitpunkt hat es je enthalten, also gibt es nichts zurückzuholen.',
  'storage.not-in-trash': 'Davon ist nichts mehr im Papierkorb von {{path}}.',
  'catalog.unusable': 'Der Katalog des Speichers war nicht benutzbar und wird aus dem Speicher neu erstellt.',
  'profile.newer':
    'Die Einstellungen in {{path}} wurden von einem neueren Strata geändert. Aktualisieren Sie Strata, um sie zu benutzen; geändert wurde nichts.',
  'profile.unusable':
    'Die Einstellungen in {{path}} sind beschädigt und nicht lesbar. Ihre Speicher sind nicht betroffen: Legen Sie die Datei beiseite, starten Sie Strata neu und binden Sie die Speicher wieder ein.',
  'source.missing': '{{path}} ist nicht da, vielleicht abgesteckt oder umbenannt. Nichts wurde als gelöscht vermerkt.',
  'source.empty':
    '{{source}} ist leer, obwohl es vorher {{items}} Einträge enthielt. Nichts wurde als gelöscht vermerkt; prüfen Sie, ob es die richtige Quelle ist.',
  'source.swapped':
    '{{path}} liegt auf einem anderen Datenträger oder in einem anderen Konto als vorher (vom früheren sind {{items}} Einträge bekannt). Nichts wurde als gelöscht vermerkt; prüfen Sie, ob es das richtige ist.',
  'source.unreachable':
    '{{host}}:{{port}} ist nicht erreichbar: Das Netz dort oder hier ist gestört, oder etwas dazwischen lässt es nicht durch. Prüfen Sie das Netz; es wird von selbst wieder versucht.',
  'source.host-unknown':
    'Einen Server namens {{host}} gibt es nicht, oder dieser Computer hat gerade kein Netz. Prüfen Sie die Schreibweise des Namens und das Netz.',
  'source.connection-refused':
    '{{host}} ist da, aber am Port {{port}} antwortet niemand. Prüfen Sie den Port; der Server kann auch gerade angehalten sein.',
  'source.timed-out':
    '{{host}}:{{port}} hat nicht rechtzeitig geantwortet. Das Netz kann langsam sein oder die Verbindung aufhalten; ein falscher Port sieht genauso aus. Es wird von selbst wieder versucht.',
  'source.web-page':
    'Unter {{host}}:{{port}} hat statt des Servers eine Webseite geantwortet. Oft ist das die Anmeldeseite eines Hotel- oder Bahnnetzes: Öffnen Sie einen Browser, melden Sie sich dort an und versuchen Sie es noch einmal. Nichts wurde gesendet.',
  'source.busy':
    '{{host}} kann im Moment niemanden einlassen: Der Server ist überlastet oder wird gewartet. Am Passwort liegt es nicht; es wird von selbst wieder versucht.',
  'source.starttls-refused':
    '{{host}}:{{port}} geht nicht zur Verschlüsselung über (STARTTLS). Nichts wurde gesendet. Wählen Sie „TLS ab dem ersten Byte“, meist an Port 993; geht auch das nicht, hört vielleicht jemand mit.',
  'source.certificate-changed':
    '{{host}} zeigt ein anderes Zertifikat als das, das Sie genehmigt haben. Es kann erneuert worden sein, oder jemand steht dazwischen. Nichts wurde gesendet. Vergleichen Sie den Fingerabdruck mit dem Ihres Anbieters, bevor Sie das neue genehmigen.',
  'source.certificate-ends':
    'Das Zertifikat von {{host}} gilt noch {{span}}. Wer den Server betreibt, sollte es erneuern: Ist es abgelaufen, wird von dort nichts mehr gesichert.',
  'source.certificate-ended':
    'Das Zertifikat, das {{host}} zuletzt zeigte, gilt schon {{span}} nicht mehr. Bis der Betreiber des Servers es erneuert, wird von dort nichts mehr gesichert.',
  'source.approved-ends':
    'Das von Ihnen genehmigte Zertifikat von {{host}} gilt noch {{span}}. Bekommt der Server ein neues, wird erst wieder gesichert, wenn Sie es genehmigt haben.',
  'source.approved-ended':
    'Das von Ihnen genehmigte Zertifikat von {{host}} gilt schon {{span}} nicht mehr. Strata arbeitet damit weiter, weil Sie genau dieses genehmigt haben. Bekommt der Server ein neues, wird erst wieder gesichert, wenn Sie es genehmigt haben.',
  'source.sign-in-refused':
    '{{host}} hat die Anmeldung von {{user}} abgelehnt: Benutzername oder Passwort ist falsch. Prüfen Sie beides.',
  'source.app-password-needed':
    '{{host}} nimmt das gewöhnliche Passwort von {{user}} nicht an, sondern nur ein App-Passwort: Legen Sie eines in den Kontoeinstellungen beim Anbieter an und geben Sie es hier ein.',
  'source.browser-sign-in-needed':
    '{{host}} nimmt kein Passwort von {{user}} an, sondern lässt Programme nur über seine Anmeldeseite im Browser ein: Wählen Sie diese Art der Anmeldung, oder melden Sie sich einmal auf der Seite des Anbieters an, wenn er das verlangt.',
  'source.switched-off':
    'Das Lesen von Mail mit Programmen (IMAP) ist für {{user}} ausgeschaltet. Schalten Sie es in den Einstellungen beim Anbieter ein, oder fragen Sie den Administrator, und versuchen Sie es noch einmal.',
  'source.too-many-connections':
    '{{host}} hat zu viele Verbindungen von {{user}} offen: Auch andere Programme und Telefone zählen mit. Schließen Sie einige davon; es wird von selbst wieder versucht.',
  'source.too-many-attempts':
    '{{host}} sperrt {{user}} nach zu vielen Anmeldeversuchen eine Zeit lang aus. Warten Sie, oft eine Stunde, und prüfen Sie das Passwort vor dem nächsten Versuch.',
  'source.account-locked':
    '{{host}} hat das Konto {{user}} gesperrt oder abgeschaltet. Melden Sie sich auf der Seite des Anbieters an, oder fragen Sie den Administrator, damit es wieder geöffnet wird.',
  'source.password-expired':
    'Das Passwort von {{user}} bei {{host}} ist abgelaufen. Geben Sie dem Konto beim Anbieter ein neues und tragen Sie es hier ein.',
  'source.sign-in-expired':
    'Die Anmeldung von „{{source}}“ gilt nicht mehr: Sie wurde widerrufen, das Passwort wurde geändert, oder sie wurde zu lange nicht benutzt. Gesichertes ist nicht betroffen. Melden Sie sich neu an.',
  'source.sign-in-ends':
    'Die Anmeldung von „{{source}}“ gilt nach Auskunft des Anbieters noch {{span}}. Melden Sie sich vorher neu an: Dann fällt keine Sicherung aus.',
  'source.consent-needed':
    '{{host}} erkennt nicht an, was für {{user}} erlaubt wurde. Melden Sie sich neu an und stimmen Sie allem zu, was gefragt wird; in einer Firma muss vielleicht erst ein Administrator zustimmen.',
  'source.tls-refused': '{{host}}:{{port}} bietet die verlangte Verschlüsselung nicht an ({{tls}}). Nichts wurde gesendet.',
  'source.tls-untrusted': 'Dem Zertifikat von {{host}} wird nicht vertraut: {{reason}}. Nichts wurde gesendet.',
  'source.needs-secret': 'Das Passwort von „{{source}}“ ist nicht zur Hand. Geben Sie es noch einmal ein.',
  'source.needs-sign-in': 'Strata ist bei „{{source}}“ nicht angemeldet. Melden Sie sich neu an.',
  'source.takes-no-token':
    '{{host}} lässt niemanden mit einer Anmeldung ein, die im Browser gemacht wurde (weder OAUTHBEARER noch XOAUTH2). Nichts wurde gesendet. Wählen Sie die Anmeldung mit Passwort.',
  'source.disconnected':
    '{{host}} hat die Verbindung mittendrin getrennt. Bis dahin Gesichertes bleibt; der nächste Durchgang macht dort weiter.',
  'source.throttled':
    '{{host}} verlangt eine Pause, weil in kurzer Zeit viel gelesen wurde. Bis dahin Gesichertes bleibt; der nächste Durchgang macht dort weiter.',
  'source.watch-lost':
    'Änderungen in {{path}} werden zurzeit nicht bemerkt ({{reason}}). Es wird wieder versucht; ein Durchgang sieht sie auf jeden Fall.',
  'source.protocol': '{{host}} hat etwas geantwortet, das Strata nicht versteht ({{reason}}). Nichts wurde geändert.',
  'source.elsewhere':
    '{{host}} schickt Strata weiter zu {{other}}. Dort wurde nichts gefragt und kein Passwort gesendet. Kennen Sie diesen Server, dann geben Sie stattdessen seine Adresse an.',
  'source.not-offered':
    '{{host}} sagt nicht, wo sein {{service}} ist. Geben Sie die Adresse an, die Ihr Anbieter oder Ihre Verwaltung dafür nennt.',
  'source.here-already': 'Die Quelle ist hier schon eingerichtet, als „{{name}}“.',
  'source.in-use': 'Die Quelle „{{name}}“ wird vom Auftrag „{{job}}“ benutzt. Ändern oder entfernen Sie zuerst den Auftrag.',
  'folder.unreadable': 'Der Ordner {{folder}} war nicht lesbar ({{reason}}). Er ist noch an der Quelle und wird erneut versucht.',
  'item.unreadable': '{{item}} war nicht lesbar ({{reason}}). Es ist noch an der Quelle und wird erneut versucht.',
  'item.changed-while-reading': '{{item}} änderte sich beim Lesen. Es wird im nächsten Durchgang erneut gelesen.',
  'item.changed-unseen':
    '{{item}} hat einen anderen Inhalt als gesichert, obwohl die Quelle sagt, dass es sich nicht änderte. Beide bleiben erhalten. Hat es niemand geändert, sehen Sie nach der Platte oder dem Server, wo es liegt.',
  'item.too-large': '{{item}} ist größer, als Strata aufbewahren kann ({{size}} Bytes).',
  'item.takes-too-much':
    'Zu lesen, was in {{item}} steht, braucht mehr Zeit oder Speicher, als ein Eintrag brauchen darf. Er ist gesichert und lässt sich wiederherstellen, aber eine Suche findet nichts in seinem Text.',
  'sign-in.no-such-address': '{{host}} ist kein Anmeldeserver, den Strata versteht ({{reason}}). Prüfen Sie seine Adresse.',
  'sign-in.declined':
    'Die Anmeldung wurde auf der Seite des Anbieters abgelehnt. Nichts wurde geändert. Beginnen Sie neu, um es noch einmal zu versuchen.',
  'sign-in.timed-out': 'In der gegebenen Zeit hat sich niemand angemeldet. Nichts wurde geändert. Beginnen Sie neu.',
  'sign-in.cancelled': 'Die Anmeldung wurde abgebrochen. Nichts wurde geändert.',
  'sign-in.client-refused':
    '{{host}} kennt die Client-ID nicht oder erlaubt ihr dies nicht ({{reason}}). Prüfen Sie Client-ID und Client-Geheimnis und was die Seite des Anbieters dazu sagt: Art des Programms, Rückweg zu diesem Computer, Berechtigungen.',
  'sign-in.not-lasting':
    '{{host}} hat Sie eingelassen, aber nur für den Augenblick: Für spätere Anmeldungen kam nichts mit. Fügen Sie die Berechtigung für dauerhaften Zugang hinzu (oft „offline_access“) und beginnen Sie neu.',
  'sign-in.failed':
    'Die Anmeldung bei {{host}} hat nicht geklappt ({{reason}}). Nichts wurde geändert. Versuchen Sie es später noch einmal.',
  'run.interrupted':
    'Der Lauf wurde unterbrochen, weil Strata beendet wurde. Bis dahin Gesichertes bleibt; der nächste Lauf macht dort weiter.',
  'run.already-running': 'Der Auftrag „{{job}}“ läuft bereits.',
  'setup.too-large': 'Die Setup-Datei ist größer als {{bytes}} Byte. So groß ist keine Einrichtung.',
  'setup.unreadable': 'Zeile {{line}} der Setup-Datei ist kein lesbares YAML.',
  'setup.alias':
    'Zeile {{line}} der Setup-Datei hat einen Anker, einen Alias oder ein Tag. Nichts davon wird dort gebraucht oder gelesen.',
  'setup.wrong-value': 'Zeile {{line}} der Setup-Datei: „{{field}}“ fehlt dort oder kann nicht so sein.',
  'setup.unknown-field': 'Zeile {{line}} der Setup-Datei: „{{field}}“ gibt es nicht.',
  'setup.twice': 'In der Setup-Datei kommt der Name „{{name}}“ ({{kind}}) zweimal vor.',
  'setup.unknown-name': 'In der Setup-Datei nennt „{{user}}“ den Namen „{{name}}“ ({{kind}}), den es weder dort noch hier gibt.',
  'setup.place-differs':
    'Der Speicher „{{name}}“ liegt in {{before}} und nicht in {{after}}. Eine Setup-Datei verschiebt keinen Speicher.',
  'setup.kind-differs': '„{{name}}“ ({{kind}}) ist hier von anderer Art als in der Setup-Datei.',
  'setup.needs-secret':
    '„{{name}}“ ({{kind}}) braucht sein Passwort oder Geheimnis. In der Setup-Datei steht es als env:NAME oder file:PFAD.',
  'schedule.cron-invalid':
    '„{{expression}}“ ist kein Cron-Ausdruck, den Strata versteht: fünf Felder (Minute, Stunde, Tag, Monat, Wochentag) aus Zahlen, Namen, Listen, Bereichen und Schritten. Es wurde nichts geändert.',
  'schedule.cron-unclear':
    '„{{expression}}“ bedeutet für verschiedene Programme Verschiedenes: Nennen Sie entweder Tage des Monats oder Wochentage, und Bereiche von klein nach groß. Es wurde nichts geändert.',
  'schedule.never':
    'Mit diesen Zeiten, Fenstern und Bedingungen würde der Auftrag nie von selbst laufen. Es wurde nichts geändert.',
  'action.failed': '„{{action}}“ endete mit dem Rückgabewert {{code}}.',
  'action.killed': '„{{action}}“ wurde durch das Signal {{signal}} beendet.',
  'action.timed-out': '„{{action}}“ brauchte länger als seine {{seconds}} Sekunden und wurde beendet.',
  'action.stopped': '„{{action}}“ wurde beendet, weil jemand anhalten wollte.',
  'action.not-found': '„{{action}}“ begann nicht: es gibt kein Programm {{program}} oder keinen Ordner {{folder}}.',
  'action.not-executable': '„{{action}}“ begann nicht: {{program}} darf nicht ausgeführt werden.',
  'action.not-begun': '„{{action}}“ begann nicht: das System meldet {{error}} zu {{program}}.',
  'action.refused': '„{{action}}“ wurde abgewiesen: {{host}} antwortete mit dem Status {{status}}.',
  'action.needs-secret':
    '„{{action}}“ braucht den Wert seiner Kopfzeile {{header}}, der nirgends aufbewahrt ist. Bearbeiten Sie die Aktion und geben Sie ihn an.',
  'action.address':
    'Diese Adresse kann nicht verwendet werden: eine Adresse beginnt mit https://, oder im eigenen Netz mit http://, und nennt niemanden mit Passwort.',
  'action.was-cut':
    'Als Strata zuletzt endete, lief „{{action}}“ noch. Niemand weiß, wie es ausging, und was es begann, läuft vielleicht noch.',
  'run.unusually-large':
    'Der letzte Lauf hat {{mebibytes}} MiB gespeichert, üblich sind {{usual}} MiB. Wenn Sie den Grund kennen, ist das in Ordnung; so sehen aber auch verschlüsselte oder neu kopierte Ordner aus.',
  'run.unusually-long':
    'Der letzte Lauf hat {{minutes}} Minuten gedauert, üblich sind {{usual}}. So sehen ein langsames Netz oder ein Datenträger aus, der ausfällt.',
  'job.nothing-missed': 'Bei dem Auftrag „{{job}}“ wartet kein verpasster Lauf auf eine Antwort.',
  'run.not-paused': 'Dieser Lauf ist nicht pausiert.',
  'run.cannot-pause': 'Nur Sicherungen können pausiert werden, und nur während sie laufen.',
  'run.not-running': 'Dieser Lauf ist schon beendet.',
  'job.disabled': 'Der Auftrag „{{job}}“ ist ausgeschaltet.',
  'removal.clock-ahead':
    'Die Uhr dieses Rechners geht {{span}} weiter vor, als sich seit der letzten Sicherung erklären lässt. Nichts wird entfernt, bis sie stimmt oder Sie es bestätigen.',
  'removal.clock-behind':
    'Die Uhr dieses Rechners geht {{span}} hinter der neuesten Sicherung her. Nichts wird entfernt, bis sie stimmt oder Sie es bestätigen.',
  'removal.needs-confirmation':
    'Entfernt würden {{versions}} Versionen ({{percent}} % dessen, was aufbewahrt wird). So viel wird nur entfernt, wenn Sie es bestätigen.',
  'removal.plan-changed':
    'Was entfernt würde, hat sich geändert, seit Sie es gesehen haben. Nichts wurde entfernt; sehen Sie es noch einmal an.',
  'removal.frozen': 'Von „{{source}}“ wird nichts entfernt, bis Sie die Warnung dazu beantwortet haben.',
  'removal.newest-moment': 'Der neueste Zeitpunkt eines Auftrags kann nicht vergessen werden.',
  'removal.source-in-use':
    'Der Auftrag „{{job}}“ sichert „{{source}}“ hierher. Nehmen Sie die Quelle zuerst aus dem Auftrag, sonst sichert sein nächster Lauf alles wieder.',
  'removal.origin-unsure':
    'Aus „{{name}}“ wird nichts entfernt: „{{origin}}“, von dem er erhält, ist nicht einzusehen oder nicht in Ordnung, und diese Kopie ist vielleicht alles, was noch da ist.',
  'guard.deleted':
    '{{count}} von {{of}} Einträgen von „{{source}}“ sind auf einmal verschwunden. Alles wurde gesichert, wie es ist; nichts Früheres wird entfernt, bis Sie antworten.',
  'guard.changed':
    '{{count}} von {{of}} Einträgen von „{{source}}“ haben sich auf einmal geändert. Alles wurde gesichert, wie es ist; nichts Früheres wird entfernt, bis Sie antworten.',
  'guard.scrambled':
    'Die meisten geänderten Einträge von „{{source}}“ sehen jetzt verschlüsselt aus und taten es vorher nicht. Alles wurde gesichert, wie es ist; nichts Früheres wird entfernt, bis Sie antworten.',
  'guard.unlike':
    'Fast nichts von „{{source}}“ gleicht dem, was vorher gesichert wurde. Alles wurde gesichert, wie es ist; nichts Früheres wird entfernt, bis Sie antworten.',
  'guard.renamed':
    '{{count}} Einträge von „{{source}}“ wurden so umbenannt, dass sie auf „{{extension}}“ enden. Alles wurde gesichert, wie es ist; nichts Früheres wird entfernt, bis Sie antworten.',
  'guard.canary':
    'Die Datei {{item}} von „{{source}}“, die niemand anfassen sollte, wurde geändert. Alles wurde gesichert, wie es ist; nichts Früheres wird entfernt, bis Sie antworten.',
  'restore.not-back':
    '{{source}} gehört einem anderen Programm, in dessen Dateien Strata nie schreibt. Stellen Sie in einen Ordner oder in ein Mailkonto wieder her.',
  'restore.no-match': 'Es ist nicht gesagt, wohin „{{source}}“ soll. Wählen Sie ein Konto dafür, oder lassen Sie die Quelle weg.',
  'restore.other-system':
    '{{path}} aus {{source}} ist ein Pfad eines anderen Systems; diesen Ort gibt es hier nicht. Stellen Sie in einen Ordner wieder her.',
  'restore.only-read':
    'Strata liest {{source}} über JMAP und kann nicht dorthin schreiben. Stellen Sie in einen Ordner oder in ein Mailkonto über IMAP wieder her.',
  'restore.nothing-selected': 'Zu diesem Zeitpunkt gibt es nichts wiederherzustellen.',
  'restore.item-damaged': '{{item}} lässt sich nicht vollständig wiederherstellen: der Speicher ist dort beschädigt.',
  'restore.page-full':
    '{{count}} Einträge liegen im Ordner „items“, stehen aber nicht auf der Seite des Archivs: Sie nennt {{limit}}.',
  'restore.page-in-the-way': '{{path}} ist schon da und gehört zu etwas anderem. Wählen Sie einen anderen Ordner für das Archiv.',
  'restore.name-unsafe': '{{item}} hat einen Namen, der am Ziel nicht möglich ist.',
  'restore.other-bytes':
    '{{item}} ist da, mit der Zeit und den Rechten, die es haben soll, aber mit anderem Inhalt: wie nach einem Stromausfall kurz nach einer Wiederherstellung. Es blieb, wie es ist; stellen Sie es noch einmal wieder her und lassen Sie es ersetzen, wenn es beschädigt ist.',
  'restore.write-failed': '{{item}} konnte nicht geschrieben werden ({{reason}}).',
  'restore.destination-inside-storage': '{{path}} liegt im Speicher selbst. Wählen Sie einen anderen Ort.',
  'restore.no-such-moment': 'Es gibt keinen Zeitpunkt, der zu „{{at}}“ passt. Die erste Kopie ist von {{first}}.',
  'restore.nothing-failed': 'Von dieser Wiederherstellung ist nichts fehlgeschlagen; es gibt nichts noch einmal zu versuchen.',
  'restore.came-out-otherwise': '{{item}} wurde zurückgelesen und ist nicht ganz das, was geschrieben wurde ({{reason}}).',
  'restore.no-reading-back':
    'mbox-Dateien und Taschenarchive werden nicht Eintrag für Eintrag zurückgelesen. Stellen Sie ohne das dorthin wieder her, oder als EML oder Dateien.',
  'restore.not-there': '{{item}} wurde geschrieben und ist nicht mehr da.',
  'restore.empty-not-here':
    'Zuerst leeren lassen sich nur Ordner einer Quelle. Wählen Sie den ursprünglichen Ort oder eine Quelle, oder eine andere Regel für das, was schon da ist.',
  'restore.empty-one-source':
    'Zuerst leeren lassen sich nur Ordner einer einzigen Quelle. Stellen Sie eine Quelle nach der anderen wieder her.',
  'restore.empty-whole-folders':
    'Zuerst leeren lassen sich nur ganze Ordner zu einem Zeitpunkt. Wählen Sie Ordner statt einzelner Einträge, oder eine andere Regel für das, was schon da ist.',
  'restore.empty-whole-items':
    'Wo ein Ordner zuerst geleert wird, kommt alles zurück. Lassen Sie nichts weg, oder leeren Sie ihn nicht.',
  'restore.empty-not-saved':
    '{{source}} wird nicht in {{storage}} gesichert; was dort liegt, käme nicht mehr zurück. Sichern Sie es zuerst in diesen Speicher.',
  'restore.empty-unconfirmed': 'Was dort liegt, wird zuerst entfernt: Geben Sie zur Bestätigung den Namen {{name}} ein.',
  'restore.stays-not-saved':
    '{{item}} bleibt, weil es nicht im Speicher ist. Sichern Sie zuerst und stellen Sie dann noch einmal wieder her.',
  'restore.stays-changed':
    '{{item}} bleibt, weil es nicht so ist, wie die letzte Sicherung es sah, oder weil das niemand sagen kann. Sichern Sie zuerst und stellen Sie dann noch einmal wieder her.',
  'undo.changed': '{{item}} wurde seit der Wiederherstellung geändert und bleibt, wie es ist.',
  'undo.folder-in-use':
    'Der Ordner {{item}} entstand bei der Wiederherstellung und bleibt, weil inzwischen etwas anderes darin liegt.',
  'undo.not-kept': '{{item}} bleibt: Was vor der Wiederherstellung an seiner Stelle stand, ist nicht im Speicher.',
  'undo.nothing-left': 'Von dieser Wiederherstellung ist nichts mehr da, was sich zurücknehmen ließe.',
  'undo.not-known':
    'Niemand hat aufgeschrieben, was diese Wiederherstellung tat: Sie ist älter als 30 Tage, lief in einem anderen Profil oder hat nur gesagt, was sie täte.',
  'undo.still-running': 'Diese Wiederherstellung läuft noch. Stoppen Sie sie zuerst.',
  'undo.unknown':
    '{{item}} bleibt: Der Server hat den Ordner neu nummeriert, deshalb lässt es sich nicht von anderem dort unterscheiden.',
  'undo.version-gone':
    '{{item}} bleibt: Der Speicher hat es nicht mehr, deshalb kann niemand sagen, ob es seither geändert wurde.',
  'rehearsal.already-running': 'Eine Probewiederherstellung aus „{{storage}}“ läuft bereits.',
  'rehearsal.none-yet': 'Noch keine Probewiederherstellung aus „{{storage}}“ ist zu Ende gegangen.',
  'rehearsal.unequal':
    'Von {{items}} zur Probe wiederhergestellten Objekten kamen {{count}} nicht so zurück, wie sie gesichert wurden. Prüfen Sie den Speicher und reparieren Sie ihn aus einem Spiegel.',
  'restore.attributes-lost':
    '{{count}} wiederhergestellte Objekte kamen ohne einige ihrer erweiterten Attribute oder Zugriffslisten zurück ({{reason}}); das erste ist {{item}}. Ihr Inhalt ist vollständig.',
  'restore.mode-lost':
    '{{count}} wiederhergestellte Objekte konnten ihre Zugriffsrechte nicht zurückbekommen ({{reason}}); das erste ist {{item}}. Ihr Inhalt ist vollständig.',
  'restore.owner-lost':
    '{{count}} wiederhergestellte Objekte gehören Ihnen statt ihrem früheren Eigentümer ({{reason}}); das erste ist {{item}}. Nur der Administrator kann Dateien anderen übergeben.',
  'restore.times-lost':
    '{{count}} wiederhergestellte Objekte konnten ihre Zeit nicht zurückbekommen ({{reason}}); das erste ist {{item}}. Ihr Inhalt ist vollständig.',
  'alert.needs-secret': 'Das Geheimnis für den Kanal „{{channel}}“ ist nicht zur Hand. Geben Sie es noch einmal ein.',
  'alert.address':
    'Diese Adresse ist nicht verwendbar. Sie beginnt mit https:// und wird im Ganzen vom Dienst kopiert, der sie vergeben hat.',
  'alert.open-line':
    '{{host}} würde unverschlüsselt angesprochen und liegt nicht in diesem Netz. Nichts wurde gesendet. Verwenden Sie eine Adresse, die mit https:// beginnt.',
  'alert.not-let-in':
    '{{host}} hat die Meldung nicht eingelassen (Status {{status}}): Adresse oder Token ist falsch oder gilt nicht mehr. Kopieren Sie es beim Dienst noch einmal.',
  'alert.refused':
    '{{host}} hat die Meldung nicht angenommen (Status {{status}}). Prüfen Sie die Adresse und wer sie erhalten soll.',
  'alert.throttled': '{{host}} bekommt gerade mehr Meldungen, als es annehmen will. Es wird von selbst wieder versucht.',
  'alert.server-failed': '{{host}} hat selbst eine Störung (Status {{status}}). Es wird von selbst wieder versucht.',
  'alert.led-elsewhere':
    '{{host}} will die Meldung an einer anderen Adresse haben. Sie wurde nicht weitergeleitet: Verwenden Sie jene Adresse, wenn Sie ihr vertrauen.',
  'alert.recipient-refused':
    '{{host}} nimmt keine E-Mail für {{to}} an. Prüfen Sie die Adresse; auch die Absenderadresse kann der Grund sein.',
  'alert.given-up':
    'Einen Tag lang war über „{{channel}}“ nichts zuzustellen, deshalb wurden {{count}} Meldungen verworfen. Sie stehen hier im Posteingang.',
  'keychain.unavailable':
    'Dieses System hat keinen Schlüsselbund, den Strata nutzen kann, oder er ist gesperrt. Passwörter werden dann erfragt statt aufbewahrt.',
};

/** What may help, said behind the sentence where a failure's facts have such a "hint". */
export const hintsDe: FailureHints = {
  spaces: 'Die Eingabe hat Leerzeichen am Anfang oder Ende.',
  older: 'Eingegeben wurde das ältere der beiden: Geben Sie das neuere ein, das bleibt.',
  'app-password': 'Dieser Anbieter verlangt hier meist ein App-Passwort aus den Kontoeinstellungen.',
  'switched-off':
    'Bei diesem Anbieter muss IMAP erst in den Einstellungen eingeschaltet werden; solange es aus ist, wird jedes Passwort abgelehnt.',
  'browser-only': 'Dieser Anbieter nimmt von Programmen keine Passwörter an: Wählen Sie die Anmeldung im Browser.',
  bridge: 'Nehmen Sie das Passwort, das das Bridge-Programm des Anbieters anzeigt, und lassen Sie es laufen.',
};

/** Why a certificate was refused. */
export const reasonsDe: FailureReasons = {
  'other content': 'der Inhalt ist ein anderer',
  'other flags': 'die Markierungen sind andere',
  'other date': 'das Datum ist ein anderes',
  'other rights': 'Zeit oder Rechte sind andere',
  'self-signed': 'Es bürgt nur für sich selbst',
  expired: 'Es ist abgelaufen',
  'not-yet-valid': 'Es gilt noch nicht; prüfen Sie die Uhr dieses Computers',
  'wrong-name': 'Es ist auf einen anderen Server ausgestellt',
  'unknown-issuer': 'Niemand, der hier bekannt ist, hat es ausgestellt',
};
