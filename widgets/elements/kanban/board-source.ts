import type { Board, BoardColumn, Card } from '../../../backend/contracts/boards.ts';
import type { Pipeline, PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import { type ApiClient, ApiError, type Query } from '../../base/api.ts';
import type { CardMove } from './model/board.ts';

/** Which board: of a pipeline, else of the entity's default one; narrowed and with the fields that `query` says. */
export interface BoardQuestion {
  entity: PipelineEntity;
  pipeline: string | undefined;
  query: Query;
}

/** The first page of a board. The contract cuts columns at 1,000 cards. */
export const firstPage = 100;
const largestPage = 1000;

/** Reads the first `cards` cards of every column. Raises `no_pipeline` where the entity has none. */
export async function readBoard(
  api: ApiClient,
  { entity, pipeline, query }: BoardQuestion,
  cards: number,
  signal: AbortSignal,
): Promise<Board> {
  const id = pipeline ?? (await defaultPipeline(api, entity, signal));
  const limit = Math.max(firstPage, Math.min(largestPage, cards));
  return api.get<Board>(`boards/${encodeURIComponent(id)}`, { limit, ...query }, { signal });
}

async function defaultPipeline(api: ApiClient, entity: PipelineEntity, signal: AbortSignal): Promise<string> {
  const { items } = await api.get<{ items: Pipeline[] }>('pipelines', { entity }, { signal });
  const pipeline = items.find((item) => item.isDefault) ?? items[0];
  if (!pipeline) throw new ApiError({ status: 0, code: 'no_pipeline', detail: 'There is no pipeline for this board.' });
  return pipeline.id;
}

/** Reads on in a column; `limit: 1` without a cursor asks for its totals. */
export function readColumn(api: ApiClient, board: Board, stageId: string, query: Query): Promise<BoardColumn> {
  return api.get<BoardColumn>(`boards/${board.pipeline.id}/columns/${stageId}`, query);
}

/** Moves a card on the server. The same `key` sent twice moves it once. Answers the fields that changed. */
export async function sendMove(
  api: ApiClient,
  entity: PipelineEntity,
  { cardId, stageId, after, entry, crossing }: CardMove,
  { key, version }: { key: string; version: number },
): Promise<Partial<Card>> {
  const path = entity === 'lead' ? 'leads' : 'opportunities';
  const record = await api.send<Pick<Card, 'version' | 'stageSince' | 'position'>>(
    'POST',
    `${path}/${cardId}/stage`,
    // One request is one step: it is made whole or not at all.
    { stageId, after, ...entry, ...(crossing ? { fields: { ...crossing.fields, ...entry?.fields } } : {}) },
    { ifMatch: version, idempotencyKey: key },
  );
  return { version: record.version, stageSince: record.stageSince, position: record.position };
}

/** A fresh Idempotency-Key. Not `randomUUID`, which plain-http intranet pages don't have. */
export function moveKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
