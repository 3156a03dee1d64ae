import { errorCodes } from '../../src/shared/domain/error-codes.ts';
import { failuresEn } from '../../src/shared/words/failures.en.ts';

/** Every failure that Strata can tell, with its sentence. */
export function errorCodesPage(): string {
  const rows = errorCodes.map((code) => `| \`${code}\` | ${failuresEn[code].replaceAll('|', '\\|').replaceAll('\n', ' ')} |`);
  return `# Error codes

Every failure has a code that never changes: scripts may match on it. \`{{…}}\` stands for a fact of the case.
In the output of \`--json\` a failure is \`{"code", "retry", "facts"}\`; \`retry\` is \`never\`, \`later\` or \`after-user-action\`.

| code | what a person reads |
|---|---|
${rows.join('\n')}
`;
}
