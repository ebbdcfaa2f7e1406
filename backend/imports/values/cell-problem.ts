/** Why a cell can't be taken; `reason` follows the column's name in a sentence: "is not a date". */
export class CellProblem {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The canonical text of a cell, null for a blank one, or what is wrong with it. */
export type CellValue = string | null | CellProblem;

const SHOWN = 40;

/** A cell's content as an error sentence shows it: one line, cut. */
export function shown(raw: string): string {
  const line = raw.replace(/\s+/g, ' ').trim();
  return `"${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}"`;
}
