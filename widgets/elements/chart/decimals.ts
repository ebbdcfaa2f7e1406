const scale = 4;

/** Exact sum of decimal strings with at most four decimals. */
export function sumDecimals(values: readonly string[]): string {
  let sum = 0n;
  for (const value of values) {
    const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
    const scaled = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
    sum += value.startsWith('-') ? -scaled : scaled;
  }
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction ? `.${fraction}` : ''}`;
}
