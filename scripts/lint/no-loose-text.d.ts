import type { Rule } from 'eslint';

export declare const noLooseText: Rule.RuleModule;
