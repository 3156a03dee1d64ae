interface Props {
  readonly values: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

/** A small curve on its soft ground, from nought. */
export function AreaLine({ values, width, height, label }: Props) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden />;
  const most = Math.max(...values, 1);
  const points = values.map((value, index) => {
    const x = (index * width) / (values.length - 1);
    const y = 1 + (height - 2) * (1 - value / most);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={`M0 ${height}L${points.join('L')}L${width} ${height}z`} fill="var(--st-primary-soft)" />
      <path d={`M${points.join('L')}`} fill="none" stroke="var(--st-primary)" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
