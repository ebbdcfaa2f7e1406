import type { z } from 'zod';
import type { chartSpecSchema } from '../../contracts/chart-spec.ts';
import {
  type DashboardCreate,
  dashboardCreateSchema,
  type Panel,
  type panelSchema,
} from '../../contracts/dashboards.ts';

type PanelInput = z.input<typeof panelSchema>;
type Frame = Pick<Panel, 'id' | 'width'> & Partial<Pick<Panel, 'title' | 'height'>>;

export const kpis = (frame: Frame, metrics: Extract<PanelInput, { kind: 'kpis' }>['metrics']): PanelInput => ({
  ...frame,
  kind: 'kpis',
  metrics,
});
export const chart = (frame: Frame, spec: z.input<typeof chartSpecSchema>): PanelInput => ({
  ...frame,
  kind: 'chart',
  chart: spec,
});
export const pipeline = (frame: Frame, view: Extract<PanelInput, { kind: 'pipeline' }>['view']): PanelInput => ({
  ...frame,
  kind: 'pipeline',
  view,
});
export const tasks = (frame: Frame): PanelInput => ({ ...frame, kind: 'tasks' });

/** A dashboard for everybody, with all that is left out filled in. @throws ZodError where it breaks the rules of the wire */
export const definition = (content: Omit<z.input<typeof dashboardCreateSchema>, 'audience'>): DashboardCreate =>
  dashboardCreateSchema.parse({ ...content, audience: 'everyone' });
