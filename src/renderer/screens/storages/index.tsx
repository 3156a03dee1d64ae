export { StorageDetail } from './storage-detail.tsx';
export { StorageList } from './storage-list.tsx';
