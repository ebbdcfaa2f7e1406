import type { Dashboard } from '../../../backend/contracts/dashboards.ts';
import { ApiError } from '../../base/api.ts';
import type { App } from '../app.ts';
import { t } from '../text.ts';

/** The dashboards that the person sees. */
export const allDashboards = async ({ api }: App, signal: AbortSignal): Promise<readonly Dashboard[]> =>
  (await api.get<{ items: Dashboard[] }>('dashboards', {}, { signal })).items;

/** A new dashboard of the person's own, without panels. */
export const newDashboard = ({ api }: App): Promise<Dashboard> =>
  api.send<Dashboard>('POST', 'dashboards', { name: t('dashboard.new.name') });

/** A private copy that the person may change. */
export const copyOf = ({ api }: App, { id }: Dashboard): Promise<Dashboard> =>
  api.send<Dashboard>('POST', `dashboards/${id}/copy`);

/** From now on the person starts with this one. */
export const startWith = ({ api }: App, { id }: Dashboard): Promise<void> =>
  api.send<void>('PUT', 'dashboards/home', { dashboardId: id });

/** Asks, and deletes as it was seen. False where the person thought better of it. @throws ApiError with a sentence when somebody changed it meanwhile */
export async function removeDashboard(app: App, { id, name, version }: Dashboard): Promise<boolean> {
  const isSure = await app.confirm({
    title: t('dashboard.delete.title', { name }),
    text: t('dashboard.delete.text'),
    action: t('dashboard.delete'),
    isDanger: true,
  });
  if (!isSure) return false;
  try {
    await app.api.send('DELETE', `dashboards/${id}`, undefined, { ifMatch: version });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 412) throw error;
    throw new ApiError({ status: 412, code: 'stale', detail: t('form.stale') }, { cause: error });
  }
  return true;
}
