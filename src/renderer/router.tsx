import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame/frame.tsx';
import { ScreenCrash } from './frame/screen-crash.tsx';
import { NotThere } from './frame/not-there.tsx';
import {
  browseSearch,
  findSearch,
  jobSearch,
  recordSearch,
  runsSearch,
  sizesSearch,
  storageSearch,
  wizardSearch,
} from './search-params.ts';
import { Waiting } from './widgets/index.ts';

// Every screen and every moment in time has an address, so Back works and a link leads to the same place again.
// Hash addresses, because the page comes from the app's own scheme and must survive a reload.

const root = createRootRoute({ component: Frame, notFoundComponent: NotThere });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./screens/home/index.tsx'), 'Home'),
});

const browse = createRoute({
  getParentRoute: () => root,
  path: '/browse',
  validateSearch: browseSearch,
  component: lazyRouteComponent(() => import('./screens/browse/index.tsx'), 'Browse'),
});

const find = createRoute({
  getParentRoute: () => root,
  path: '/find',
  validateSearch: findSearch,
  component: lazyRouteComponent(() => import('./screens/find/index.tsx'), 'Find'),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./screens/jobs/index.tsx'), 'JobList'),
});
const job = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$job',
  validateSearch: jobSearch,
  component: lazyRouteComponent(() => import('./screens/jobs/index.tsx'), 'JobDetail'),
});
const newJob = createRoute({
  getParentRoute: () => root,
  path: '/jobs/new',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./screens/job-wizard/index.tsx'), 'JobWizard'),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('./screens/runs/index.tsx'), 'RunList'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run',
  component: lazyRouteComponent(() => import('./screens/runs/index.tsx'), 'RunDetail'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import('./screens/record/index.tsx'), 'RecordPage'),
});

const storages = createRoute({
  getParentRoute: () => root,
  path: '/storages',
  component: lazyRouteComponent(() => import('./screens/storages/index.tsx'), 'StorageList'),
});
const storage = createRoute({
  getParentRoute: () => root,
  path: '/storages/$storage',
  validateSearch: storageSearch,
  component: lazyRouteComponent(() => import('./screens/storages/index.tsx'), 'StorageDetail'),
});
const sizes = createRoute({
  getParentRoute: () => root,
  path: '/storages/$storage/sizes',
  validateSearch: sizesSearch,
  component: lazyRouteComponent(() => import('./screens/sizes/index.tsx'), 'Sizes'),
});
const newStorage = createRoute({
  getParentRoute: () => root,
  path: '/storages/new',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./screens/storage-wizard/index.tsx'), 'StorageWizard'),
});

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  component: lazyRouteComponent(() => import('./screens/sources/index.tsx'), 'SourceList'),
});
const source = createRoute({
  getParentRoute: () => root,
  path: '/sources/$source',
  component: lazyRouteComponent(() => import('./screens/sources/index.tsx'), 'SourceDetail'),
});
/** The job wizard's first steps alone: a source without a job. */
const newSource = createRoute({
  getParentRoute: () => root,
  path: '/sources/new',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./screens/job-wizard/index.tsx'), 'JobWizard'),
});

const restore = createRoute({
  getParentRoute: () => root,
  path: '/restore',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./screens/restore-wizard/index.tsx'), 'RestoreWizard'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./screens/settings/index.tsx'), 'Settings'),
});
const newJobs = createRoute({
  getParentRoute: () => root,
  path: '/settings/new-jobs',
  component: lazyRouteComponent(() => import('./screens/settings/index.tsx'), 'NewJobsPage'),
});
const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  component: lazyRouteComponent(() => import('./screens/alerts/index.tsx'), 'Alerts'),
});
const firstStart = createRoute({
  getParentRoute: () => root,
  path: '/start',
  component: lazyRouteComponent(() => import('./screens/first-start/index.tsx'), 'FirstStart'),
});

const routeTree = root.addChildren([
  home,
  browse,
  find,
  jobs,
  newJob,
  job,
  runs,
  run,
  record,
  storages,
  newStorage,
  storage,
  sizes,
  sources,
  newSource,
  source,
  restore,
  settings,
  newJobs,
  alerts,
  firstStart,
]);

export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  defaultPendingComponent: Waiting,
  defaultErrorComponent: ScreenCrash,
  defaultNotFoundComponent: NotThere,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
