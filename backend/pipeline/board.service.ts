import { isAllowed, type Principal, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { BoardLanes, BoardQuery, LaneKind } from '../contracts/boards.ts';
import type { Pipeline, Stage } from '../contracts/pipelines.ts';
import type { Dependencies } from '../dependencies.ts';
import { decodeCursor, forbidden, invalid, notFound } from '../http/index.ts';
import {
  COLUMN_ORDER,
  type ColumnTotals,
  money,
  readCards,
  readCardsById,
  readLanes,
  readTotals,
} from './board.repository.ts';
import { isCardField } from './board-card.ts';
import type { BoardAsk, BoardFilters } from './board-filters.ts';
import { endOfDay, REWIND_ORDER, readCardsAt, readLanesAt, readTotalsAt, stagesAt } from './board-rewind.repository.ts';
import { listPipelines } from './pipeline.repository.ts';
import { type RecordKind, recordKinds } from './record-kind.ts';

type View = BoardFilters & Pick<BoardQuery, 'fields' | 'asOf'>;

/** What was not kept of the past can't narrow a board of the past. */
const OF_TODAY = ['quick', 'tag', 'score'] as const;

function checkView(kind: RecordKind, query: View): void {
  const unknown = query.fields?.find((field) => !isCardField(kind, field));
  if (unknown !== undefined) throw invalid('/query/fields', `${unknown} is not a field of ${kind.entity} cards`);
  const refused = query.asOf === undefined ? undefined : OF_TODAY.find((name) => query[name] !== undefined);
  if (refused) throw invalid(`/query/${refused}`, 'is known of today only: leave it out, or leave out asOf');
}

/** Boards of leads and opportunities, as they are and as they were. Answers are JSON text built by the database. */
export function createBoardService({ database, config, clock }: Dependencies) {
  const { sql: runner } = database;
  const { currency, timeZone } = config;

  async function open(principal: Principal, id: string, query: View): Promise<{ board: Pipeline; ask: BoardAsk }> {
    const [board] = await listPipelines(runner, { id, withArchived: query.asOf !== undefined });
    if (!board) throw notFound('pipeline');
    const kind = recordKinds[board.entity];
    if (!isAllowed(principal, kind.read)) throw forbidden(`see ${board.entity} boards`);
    checkView(kind, query);
    const now = clock();
    const ask: BoardAsk = {
      kind,
      principal,
      reach: scopeOf(principal, kind.read),
      filters: query,
      fields: query.fields ?? [],
      currency,
      now,
      today: businessDay(now, timeZone),
      timeZone,
    };
    return { board, ask };
  }

  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const zero = money((0).toFixed(digits), currency);
  const empty: ColumnTotals = { count: 0, value: zero, weighted: zero, rotting: 0 };

  const columnJson = (
    stage: Stage,
    totals: ColumnTotals,
    page: { cards: string; nextCursor: string | null } | undefined,
  ) =>
    `{"stage":${JSON.stringify(stage)},${JSON.stringify(totals).slice(1, -1)},"cards":${page?.cards ?? '[]'},"nextCursor":${JSON.stringify(page?.nextCursor ?? null)}}`;

  const boardJson = (board: Pipeline, columns: readonly string[], asOf: string) =>
    `{"pipeline":${JSON.stringify({ id: board.id, entity: board.entity, name: board.name })},"columns":[${columns.join(',')}],"asOf":${JSON.stringify(asOf)}}`;

  async function past(board: Pipeline, ask: BoardAsk, day: string) {
    const at = await endOfDay(runner, day, timeZone, ask.now);
    const shown = new Set(board.stages.filter(({ archivedAt }) => archivedAt === null).map(({ id }) => id));
    return { at, shown };
  }

  return {
    /** Each stage with its totals and first cards. */
    async read(principal: Principal, id: string, query: BoardQuery): Promise<string> {
      const { board, ask } = await open(principal, id, query);
      if (query.asOf !== undefined) {
        const { at, shown } = await past(board, ask, query.asOf);
        const totals = await readTotalsAt(runner, ask, id, at);
        const stages = stagesAt(board.stages, shown, totals);
        const filled = stages.filter((stage) => totals.has(stage.id)).map((stage) => stage.id);
        const cards = await readCardsAt(runner, ask, id, filled, at, { limit: query.limit, after: null });
        const columns = stages.map((stage) => columnJson(stage, totals.get(stage.id) ?? empty, cards.get(stage.id)));
        return boardJson(board, columns, at);
      }
      const ids = board.stages.map((stage) => stage.id);
      const [totals, cards] = await Promise.all([
        readTotals(runner, ask, board.stages),
        readCards(runner, ask, ids, { limit: query.limit, after: null }),
      ]);
      const columns = board.stages.map((stage) =>
        columnJson(stage, totals.get(stage.id) ?? empty, cards.get(stage.id)),
      );
      return boardJson(board, columns, ask.now.toISOString());
    },

    /** Further cards of one column, with its totals. */
    async readColumn(
      principal: Principal,
      { id, stageId }: { id: string; stageId: string },
      query: View & { limit: number; cursor?: string | undefined },
    ): Promise<string> {
      const { board, ask } = await open(principal, id, query);
      const stage = board.stages.find((one) => one.id === stageId);
      if (!stage) throw notFound('stage');
      const { limit } = query;
      if (query.asOf !== undefined) {
        const cursor = decodeCursor(query.cursor, REWIND_ORDER, 2);
        const after = cursor ? { at: String(cursor[0]), id: String(cursor[1]) } : null;
        const { at } = await past(board, ask, query.asOf);
        const totals = await readTotalsAt(runner, ask, id, at);
        const cards = await readCardsAt(runner, ask, id, [stageId], at, { limit, after });
        return columnJson(stage, totals.get(stageId) ?? empty, cards.get(stageId));
      }
      const cursor = decodeCursor(query.cursor, COLUMN_ORDER, 2);
      const after = cursor ? { position: String(cursor[0]), id: String(cursor[1]) } : null;
      const [totals, cards] = await Promise.all([
        readTotals(runner, ask, [stage]),
        readCards(runner, ask, [stageId], { limit, after }),
      ]);
      return columnJson(stage, totals.get(stageId) ?? empty, cards.get(stageId));
    },

    /** Some cards and all totals: what an open board asks for once it hears of changes. */
    async readSome(principal: Principal, id: string, query: View & { ids?: string[] | undefined }): Promise<string> {
      const { board, ask } = await open(principal, id, query);
      const stageIds = board.stages.map((stage) => stage.id);
      const [totals, cards] = await Promise.all([
        readTotals(runner, ask, board.stages),
        readCardsById(runner, ask, stageIds, query.ids ?? []),
      ]);
      const columns = stageIds.map((stageId) => ({ stageId, ...(totals.get(stageId) ?? empty) }));
      return `{"cards":${cards},"columns":${JSON.stringify(columns)},"asOf":${JSON.stringify(ask.now.toISOString())}}`;
    },

    /** What lanes the board falls into, with their totals. */
    async readLanes(principal: Principal, id: string, query: View & { by: LaneKind }): Promise<BoardLanes> {
      const { board, ask } = await open(principal, id, query);
      if (query.asOf === undefined) {
        const stageIds = board.stages.map((stage) => stage.id);
        return readLanes(runner, ask, stageIds, query.by);
      }
      if (query.by === 'score') throw invalid('/query/by', 'score is known of today only');
      return readLanesAt(runner, ask, id, (await past(board, ask, query.asOf)).at, query.by);
    },
  };
}
