/** What is usually not worth keeping, as .gitignore patterns. */
export const presets = {
  caches: ['.cache/', 'Cache/', 'Caches/', 'CachedData/', '__pycache__/', '*.tmp', '~$*', '.thumbnails/'],
  built: ['node_modules/', '.venv/', '.gradle/', '.m2/repository/', '.npm/', '.cargo/registry/'],
  trash: ['.Trash/', '.Trash-*/', '.local/share/Trash/', '$RECYCLE.BIN/', '.DS_Store', 'Thumbs.db'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Preset = keyof typeof presets;
export const presetNames = Object.keys(presets) as readonly Preset[];

/** The tag of https://bford.info/cachedir/, and the marker that several backup programs know. */
export const markers = ['CACHEDIR.TAG', '.nobackup'] as const;

export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
