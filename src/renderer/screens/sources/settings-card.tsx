import { oauthOf } from '../../../shared/domain/sign-in.ts';
import { noLimits, type WithLimits } from '../../../shared/domain/source-limits.ts';
import type { SourceSummary } from '../../state/index.ts';
import { Card, type Fact, FactList } from '../../widgets/index.ts';
import { useFormat, useWords } from '../../words/index.ts';

/** How the source is reached, in words. */
export function SettingsCard({ source }: { readonly source: SourceSummary }) {
  const t = useWords();
  return (
    <Card title={t('sources.settings.title')}>
      <FactList wide facts={useFacts(source)} />
    </Card>
  );
}

interface Account {
  readonly user: string;
  readonly certificateSha256: string | null;
  readonly secretIs?: 'token' | undefined;
}

function useFacts({ settings, secret }: SourceSummary): readonly Fact[] {
  const t = useWords();
  const format = useFormat();
  const lines = (values: readonly string[]) =>
    values.length === 0 ? t('sources.settings.excludeNone') : values.map((value) => <div key={value}>{value}</div>);
  const isSignedIn = oauthOf(settings) !== undefined;
  const exclude = { name: t('sources.settings.exclude'), value: lines(settings.exclude) };
  const account = ({ user, certificateSha256, secretIs }: Account): Fact[] => [
    { name: t('sources.settings.user'), value: user },
    isSignedIn
      ? { name: t('sources.settings.signIn'), value: t(`sources.settings.signedInBy.${secret ?? 'missing'}`) }
      : {
          name: t(secretIs === 'token' ? 'sources.settings.token' : 'sources.settings.secret'),
          value: t(`sources.settings.secretIn.${secret ?? 'missing'}`),
        },
    {
      name: t('sources.settings.certificate'),
      value:
        certificateSha256 === null ? (
          t('sources.settings.certificateSystem')
        ) : (
          <>
            {t('sources.settings.certificatePinned')}
            <div className="st-mono">{certificateSha256}</div>
          </>
        ),
    },
  ];
  const limits = ({ limits: { requestsPerSecond, bytesPerSecond } = noLimits }: WithLimits): Fact => ({
    name: t('sources.settings.limits'),
    value:
      requestsPerSecond === null && bytesPerSecond === null ? (
        t('sources.settings.limitsNone')
      ) : (
        <>
          {requestsPerSecond !== null && (
            <div>{t('sources.settings.limitRequests', { requests: format.number(requestsPerSecond) })}</div>
          )}
          {bytesPerSecond !== null && <div>{t('sources.settings.limitBytes', { bytes: format.bytes(bytesPerSecond) })}</div>}
        </>
      ),
  });
  switch (settings.kind) {
    case 'imap':
      return [
        { name: t('sources.settings.host'), value: settings.host },
        { name: t('sources.settings.port'), value: String(settings.port) },
        { name: t('sources.settings.tls'), value: t(`sources.settings.tlsMode.${settings.tls}`) },
        ...account(settings),
        ...(settings.sievePort === undefined
          ? []
          : [{ name: t('sources.settings.scripts'), value: t('sources.settings.scriptsAt', { port: settings.sievePort }) }]),
        limits(settings),
        exclude,
      ];
    case 'jmap':
    case 'caldav':
    case 'carddav':
      return [{ name: t('sources.settings.address'), value: settings.url }, ...account(settings), limits(settings), exclude];
    case 'maildir':
    case 'mbox':
    case 'item-files':
    case 'thunderbird':
      return [{ name: t('sources.settings.path'), value: settings.path }, exclude];
    case 'files':
      return [
        { name: t('sources.settings.paths'), value: lines(settings.paths) },
        exclude,
        { name: t('sources.settings.markers'), value: lines(settings.excludeIfPresent) },
        {
          name: t('sources.settings.oneDisk'),
          value: t(settings.oneFileSystem ? 'sources.settings.oneDiskYes' : 'sources.settings.oneDiskNo'),
        },
      ];
  }
}
