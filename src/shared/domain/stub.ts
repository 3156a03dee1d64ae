import type { Manifest } from './item.ts';

/** What stays of a removed version: that there was one, from when, and what kind of change it was. docs/format/manifest.md */
export function stubOf({ item, version, kind, source, folder, change, validFromMs, run }: Manifest): Manifest {
  return {
    item,
    version,
    kind,
    source,
    folder,
    key: '',
    name: '',
    change,
    validFromMs,
    run,
    contentRevision: '',
    metadataRevision: '',
    sizeBytes: 0,
    metadata: {},
    summary: { title: '' },
    contents: [],
    removed: true,
  };
}
