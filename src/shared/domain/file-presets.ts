/** What is usually not worth keeping, as .gitignore patterns for all three systems: those of another one match nothing. */
const presets = {
  caches: [
    '.cache/',
    'Cache/',
    'Caches/',
    'CachedData/',
    'Code Cache/',
    'GPUCache/',
    'INetCache/',
    '__pycache__/',
    '.thumbnails/',
  ],
  temporary: ['*.tmp', '*.temp', '~$*', '.~lock.*', '*.swp', '*~', '*.part', '*.crdownload', '**/AppData/Local/Temp/'],
  dependencies: ['node_modules/', '.venv/', '.gradle/', '**/.m2/repository/', '.npm/', '**/.cargo/registry/', '.tox/'],
  trash: [
    ...['.Trash/', '.Trash-*/', '**/.local/share/Trash/', '$RECYCLE.BIN/', 'System Volume Information/'],
    ...['.DS_Store', 'Thumbs.db', 'desktop.ini'],
  ],
  logs: ['*.log', '*.log.[0-9]*', 'Logs/', 'logs/'],
  'virtual-machines': ['*.vmdk', '*.vdi', '*.vhd', '*.vhdx', '*.qcow2', '*.vmem', '*.hdd', '*.avhdx'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as [PresetName, ...PresetName[]];
export const presetPatterns = (name: PresetName): readonly string[] => presets[name];
