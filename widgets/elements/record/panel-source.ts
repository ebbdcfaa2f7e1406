import type { Money, Named, Page } from '../../../backend/contracts/common.ts';
import type { Account, Contact } from '../../../backend/contracts/customers.ts';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import type { Pipeline, Stage } from '../../../backend/contracts/pipelines.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import type { ResolvedRecord } from '../../../backend/contracts/timeline.ts';
import { type ApiClient, ApiError } from '../../base/api.ts';

export type AnyRecord = Lead | Opportunity | Account | Contact;

/** All that the panel shows, except the timeline. */
export interface Panel {
  found: ResolvedRecord;
  /** API path of the record */
  path: string;
  record: AnyRecord;
  pipeline: Pipeline | null;
  /** the task that is due first; null where there is none, undefined where one may not see tasks */
  task: Task | null | undefined;
  /** of an account: its open opportunities, the first few */
  opportunities: readonly Opportunity[];
}

export const paths = { lead: 'leads', opportunity: 'opportunities', account: 'accounts', contact: 'contacts' } as const;

/** What somebody may not see is left out; any other failure fails the panel. */
async function allowed<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
}

export async function loadPanel(api: ApiClient, reference: string, signal: AbortSignal): Promise<Panel> {
  const options = { signal };
  const found = await api.get<ResolvedRecord>('records/resolve', { record: reference }, options);
  const path = `${paths[found.type]}/${found.id}`;
  const isStaged = found.type === 'lead' || found.type === 'opportunity';
  const [record, pipelines, tasks, opportunities] = await Promise.all([
    api.get<AnyRecord>(path, {}, options),
    isStaged ? api.get<Page<Pipeline>>('pipelines', {}, options) : undefined,
    allowed(api.get<Page<Task>>(`${path}/tasks`, { state: 'active', limit: 1 }, options)),
    found.type === 'account'
      ? allowed(api.get<Page<Opportunity>>('opportunities', { account: found.id, limit: 50 }, options))
      : undefined,
  ]);
  return {
    found,
    path,
    record,
    pipeline: ('pipelineId' in record && pipelines?.items.find(({ id }) => id === record.pipelineId)) || null,
    task: tasks ? (tasks.items[0] ?? null) : undefined,
    opportunities: (opportunities?.items ?? []).filter(({ stage }) => stage.kind === 'open').slice(0, 5),
  };
}

/** The stage of what goes through a pipeline. */
export const stageOf = (record: AnyRecord): Pick<Stage, 'id' | 'name' | 'kind'> | null =>
  'stage' in record ? record.stage : null;

/** What a record is worth. */
export function worthOf(record: AnyRecord): Money | null {
  if ('amount' in record) return record.amount;
  return 'value' in record ? record.value : null;
}

/** The company behind a record, and the account whose people it is about. */
export function companyOf(record: AnyRecord): { name: string | null; account: Named | null } {
  if ('account' in record) return { name: record.account?.name ?? null, account: record.account };
  return { name: 'company' in record ? record.company : null, account: null };
}
