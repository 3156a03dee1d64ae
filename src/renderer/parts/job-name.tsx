import { Arrow } from '../widgets/index.ts';

/** `Mail → NAS`: what goes where. */
export function JobName({ job, storage }: { readonly job: string; readonly storage: string | null }) {
  if (storage === null) return <>{job}</>;
  return (
    <>
      {job} <Arrow /> {storage}
    </>
  );
}
