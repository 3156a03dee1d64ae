/** A block of three layers; the two seams make an S. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" fill="currentColor" aria-hidden>
      <path d="M17 0H83A17 17 0 0 1 100 17V28C82 21 60 36 36 29A5.5 5.5 0 0 0 36 40C60 47 82 32 100 39V83A17 17 0 0 1 83 100H17A17 17 0 0 1 0 83V72C18 79 40 64 64 71A5.5 5.5 0 0 0 64 60C40 53 18 68 0 61V17A17 17 0 0 1 17 0Z" />
    </svg>
  );
}
