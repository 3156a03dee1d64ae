import { choosableKinds, folderUses, leftOutFates } from '../domain/choice.ts';
import { presetNames } from '../domain/file-presets.ts';
import { count, sourceId, timeMs } from './values.ts';
import { z } from './z.ts';

const patterns = z.array(z.string().min(1).max(4096)).max(10_000).readonly();
const folderRules = z
  .array(z.object({ path: z.string().min(1).max(4096), subfolders: z.boolean() }))
  .max(10_000)
  .readonly();

export const choice = z.object({
  only: folderRules,
  skip: folderRules,
  skipUses: z.array(z.enum(folderUses)).max(folderUses.length).readonly(),
  kinds: z.array(z.enum(choosableKinds)).max(choosableKinds.length).readonly().nullable(),
  fromMs: timeMs.nullable(),
  untilMs: timeMs.nullable(),
  newerThanDays: z.number().int().min(1).max(36_500).nullable(),
  minBytes: count.nullable(),
  maxBytes: count.nullable(),
  include: patterns,
  exclude: patterns,
  presets: z.array(z.enum(presetNames)).max(presetNames.length).readonly(),
  markers: z.array(z.string().min(1).max(255)).max(100).readonly(),
  oneFileSystem: z.boolean(),
  priority: z.number().int().min(1).max(1000),
  leftOut: z.enum(leftOutFates),
});

export const chosenSource = z.object({ source: sourceId, choice });
