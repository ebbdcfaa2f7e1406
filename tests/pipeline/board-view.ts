import type { Board, BoardColumn } from '../../backend/contracts/boards.ts';
import type { CheckedClient } from '../support/checked-client.ts';

export async function readBoard(client: CheckedClient, pipelineId: string, query = ''): Promise<Board> {
  const answer = await client.get<Board>(`/boards/${pipelineId}?limit=1000&${query}`);
  if (answer.status !== 200) throw new Error(`the board answered ${answer.status}`);
  return answer.body;
}

export function columnOf(board: Board, stageId: string): BoardColumn {
  const column = board.columns.find(({ stage }) => stage.id === stageId);
  if (!column) throw new Error(`the board has no column ${stageId}`);
  return column;
}

/** Ids of a column's cards, from the top. */
export async function cardsOf(client: CheckedClient, pipelineId: string, stageId: string): Promise<string[]> {
  return columnOf(await readBoard(client, pipelineId), stageId).cards.map(({ id }) => id);
}
