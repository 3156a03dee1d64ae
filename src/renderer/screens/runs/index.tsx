export { RunDetail } from './run-detail.tsx';
export { RunList } from './run-list.tsx';
