export { JobDetail } from './job-detail.tsx';
export { JobList } from './job-list.tsx';
