/** In the order of the rail and of Ctrl 1 to 6. */
export const screens = [
  { name: 'home', to: '/' },
  { name: 'browse', to: '/browse' },
  { name: 'jobs', to: '/jobs' },
  { name: 'runs', to: '/runs' },
  { name: 'storages', to: '/storages' },
  { name: 'sources', to: '/sources' },
] as const;
