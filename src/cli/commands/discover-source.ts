import type { CallOutput } from '../../shared/contract/calls.ts';
import { providerOfHost } from '../../shared/domain/mail-providers.ts';
import type { Context } from '../context.ts';
import { Exit } from '../exit.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../output/table.ts';

type Discovery = CallOutput<'source.discover'>;
type Proposal = Discovery['proposals'][number];

/** Finds the servers of an address, and says who was asked. */
export async function discover(context: Context, [address = '']: string[], options: { directory: boolean }): Promise<void> {
  const found = await context.client.call('source.discover', { address, askDirectory: options.directory });
  if (context.options.json) context.printJson(found);
  else tell(context, found);
  if (found.proposals.length === 0) throw new Exit(exitCodes.failed);
}

function tell(context: Context, found: Discovery): void {
  const { say } = context;
  if (found.asked.length > 0) {
    const hosts = [...new Set(found.asked.map(({ host }) => host))].join(', ');
    context.tell(say('discoverAsked', { domain: found.domain, hosts }));
  }
  if (found.proposals.length === 0) return context.tell(say('discoverNothing', { domain: found.domain }));
  context.print(
    table(
      [
        { title: say('column.kind') },
        { title: say('column.place') },
        { title: say('column.signIn') },
        { title: say('column.knownFrom') },
      ],
      found.proposals.map((one) => [
        one.service,
        `${placeOf(one)}${one.isForeign ? ` (${say('discoverForeign')})` : ''}`,
        one.signIn.map((way) => say(`signInWay.${way}`)).join(', '),
        `${say(`origin.${one.origin}`)}, ${say(`certainty.${one.certainty}`)}`,
      ]),
    ),
  );
  const mail = found.proposals.find((one) => one.service === 'imap');
  const help = mail && providerOfHost(mail.host);
  if (help?.appPasswords != null) context.tell(say('appPasswordsAt', { url: help.appPasswords }));
  if (help?.imapSwitch != null) context.tell(say('imapSwitchAt', { url: help.imapSwitch }));
}

const placeOf = (one: Proposal): string =>
  one.service === 'imap' ? `${one.host}:${one.port} ${one.tls === 'implicit' ? 'TLS' : 'STARTTLS'}` : one.url;
