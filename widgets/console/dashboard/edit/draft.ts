import type { Panel } from '../../../../backend/contracts/dashboards.ts';

/** Most panels of a dashboard. */
export const MOST_PANELS = 24;

/** The panels with one moved to another place; places outside the list are its ends. */
export function moved(panels: readonly Panel[], id: string, place: number): Panel[] {
  const panel = panels.find((one) => one.id === id);
  if (!panel) return [...panels];
  const others = panels.filter((one) => one !== panel);
  const at = Math.max(0, Math.min(place, others.length));
  return [...others.slice(0, at), panel, ...others.slice(at)];
}

/** The panels with this one in the place of that with its id, else at the end. */
export const withPanel = (panels: readonly Panel[], panel: Panel): Panel[] =>
  panels.some(({ id }) => id === panel.id)
    ? panels.map((one) => (one.id === panel.id ? panel : one))
    : [...panels, panel];

export const withoutPanel = (panels: readonly Panel[], id: string): Panel[] => panels.filter((one) => one.id !== id);

/** An id that no panel has yet, such as `chart-2`. */
export function freeId(panels: readonly Panel[], kind: Panel['kind']): string {
  for (let number = 1; ; number += 1) {
    const id = `${kind}-${number}`;
    if (!panels.some((one) => one.id === id)) return id;
  }
}

/** Would saving change anything? */
export const isChanged = (before: readonly Panel[], after: readonly Panel[]): boolean =>
  JSON.stringify(before) !== JSON.stringify(after);
