import type { Page } from '../../../backend/contracts/common.ts';
import type { Dashboard } from '../../../backend/contracts/dashboards.ts';
import { type ApiClient, ApiError } from '../../base/api.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Of those that the viewer sees: the one with the key; without a key the one they start with. */
export const chosenOf = (list: readonly Dashboard[], key: string | undefined): Dashboard | undefined =>
  key ? list.find((one) => one.key === key) : (list.find(({ isHome }) => isHome) ?? list[0]);

/**
 * The dashboard that an attribute names, by id or key; without a name the one that the viewer starts with.
 * @throws ApiError 404 where there is none that they see
 */
export async function loadDashboard(api: ApiClient, name: string | undefined, signal: AbortSignal): Promise<Dashboard> {
  if (name && uuid.test(name)) return api.get<Dashboard>(`dashboards/${name}`, {}, { signal });
  const { items } = await api.get<Page<Dashboard>>('dashboards', {}, { signal });
  const found = chosenOf(items, name);
  if (found) return found;
  throw new ApiError({ status: 404, code: 'not_found', detail: `There is no dashboard "${name ?? ''}".` });
}
