const CANDIDATES = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof CANDIDATES)[number];

const MAX_RECORDS = 20;

/** Cells per record of the text, were `delimiter` the right one; quoted stretches are skipped. */
function cellCounts(text: string, delimiter: string): number[] {
  const counts: number[] = [];
  let cells = 1;
  let isQuoted = false;
  let hasContent = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === delimiter) cells++;
    else if (character === '\n' || character === '\r') {
      if (hasContent) counts.push(cells);
      if (counts.length >= MAX_RECORDS) return counts;
      cells = 1;
      hasContent = false;
      continue;
    }
    hasContent = true;
  }
  if (hasContent && counts.length === 0) counts.push(cells);
  return counts;
}

/**
 * The delimiter of the file's beginning: the one that cuts the first line into most cells and the next
 * lines into as many. A file of one column gets a comma.
 */
export function sniffDelimiter(head: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of CANDIDATES) {
    const counts = cellCounts(head, candidate);
    const [first = 1] = counts;
    if (first < 2) continue;
    const agreeing = counts.filter((count) => count === first).length / counts.length;
    const score = agreeing * 100 + Math.min(first, 50);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
