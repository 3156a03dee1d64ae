export { SourceDetail } from './source-detail.tsx';
export { SourceList } from './source-list.tsx';
