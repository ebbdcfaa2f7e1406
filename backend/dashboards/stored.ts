import { type ChartSpec, chartSpecSchema } from '../contracts/chart-spec.ts';
import { type DashboardSelection, dashboardSelectionSchema, type Panel, panelSchema } from '../contracts/dashboards.ts';

/**
 * Definitions are kept as they were written, maybe by an earlier version: what it did not know yet is filled in, and
 * what this version does not know any more is left out.
 */
export const readPanels = (kept: unknown): Panel[] =>
  (Array.isArray(kept) ? kept : []).flatMap((panel) => panelSchema.safeParse(panel).data ?? []);

export const readSelection = (kept: unknown): DashboardSelection =>
  dashboardSelectionSchema.safeParse(kept).data ?? dashboardSelectionSchema.parse({});

/** The same for a chart; null where this version can't draw it. */
export const readChart = (kept: unknown): ChartSpec | null => chartSpecSchema.safeParse(kept).data ?? null;
