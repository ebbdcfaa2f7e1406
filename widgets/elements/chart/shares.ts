/** Share of each value in their sum; null where there is no value, or nothing to share. */
export function shares(values: readonly (string | null)[]): (number | null)[] {
  const sum = values.reduce((total, value) => total + Number(value ?? 0), 0);
  return values.map((value) => (value === null || sum === 0 ? null : Number(value) / sum));
}
