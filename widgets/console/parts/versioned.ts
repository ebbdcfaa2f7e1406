import { type ApiClient, ApiError } from '../../base/api.ts';
import { t } from '../text.ts';

/** Changes a record as it was read. @throws ApiError with a sentence for the person when somebody else was faster */
export async function patchVersioned<T>(api: ApiClient, path: string, body: unknown, version: number): Promise<T> {
  try {
    return await api.send<T>('PATCH', path, body, { ifMatch: version });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 412) throw error;
    throw new ApiError({ status: 412, code: 'stale', detail: t('form.stale') }, { cause: error });
  }
}
