/** Width of a letter of the charts' font, on average, in pixels. */
const letter = 6.5;

/** A name that takes about `width` pixels at most; the end of a longer one is left out. */
export function shortened(name: string, width: number): string {
  const most = Math.max(6, Math.floor(width / letter));
  return name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name;
}
