import { StrataError } from '../../shared/domain/strata-error.ts';
import { sayCheck, sayOutcome, sayVerdict } from '../../shared/words/checks.ts';
import { sayFailure } from '../../shared/words/say.ts';
import type { Context } from '../context.ts';
import { pickJob } from '../naming.ts';
import { harmless } from '../output/table.ts';
import { unlockWhatOpens } from '../unlocking.ts';

/** Asks for no password: that one is needed is an answer. Ends as the run would. */
export async function checkJob(context: Context, [name = '']: string[]): Promise<void> {
  await unlockWhatOpens(context);
  const { id } = await pickJob(context, name);
  const findings = await context.client.call('job.check', { id });
  const { language } = context;
  if (context.options.json) context.printJson(findings);
  else {
    for (const finding of findings) {
      const { failure } = finding;
      const why = failure === null ? '' : `  ${sayFailure(failure, language)} [${failure.code}]`;
      context.print(harmless(`${sayOutcome(finding, language).padEnd(8)}${sayCheck(finding, language)}${why}`));
    }
    context.print(sayVerdict(findings, language));
  }
  const refused = findings.find(({ outcome }) => outcome === 'refused')?.failure;
  if (refused) throw new StrataError(refused.code, refused.retry, refused.facts);
}
