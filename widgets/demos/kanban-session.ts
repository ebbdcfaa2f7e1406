import type { Board, BoardColumn, Card } from '../../backend/contracts/boards.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Session } from '../base/session.ts';
import { applyMove, findCard } from '../elements/kanban/model/board.ts';
import { narrowed, sampleLanes } from './kanban-lanes.ts';
import { withTotals } from './kanban-sample.ts';

/** What goes wrong with the next request of its kind. */
export type Fault = 'stale' | 'conflict' | 'forbidden' | 'invalid' | 'network' | '';

/** The page's own little server: a board in memory behind the same paths and rules as the real API. */
export interface SampleServer {
  readonly session: Session;
  board: Board;
  /** Meets the next move, once. */
  moveFault: Fault;
  /** Reading: as usual, never answered, or failing. */
  reading: 'normal' | 'never' | 'fails';
  /** The moves that arrived, in order. */
  readonly moves: { path: string; body: unknown; ifMatch: string | null; key: string | null }[];
}

const problems: Record<Exclude<Fault, '' | 'network'>, Pick<Problem, 'status' | 'code' | 'title' | 'detail'>> = {
  stale: { status: 412, code: 'stale', title: 'Stale', detail: 'Somebody changed this in the meantime.' },
  conflict: {
    status: 409,
    code: 'conflict',
    title: 'Conflict',
    detail: 'The card you dropped it next to has moved to another column.',
  },
  forbidden: { status: 403, code: 'forbidden', title: 'Forbidden', detail: 'You may not move this opportunity.' },
  invalid: {
    status: 422,
    code: 'invalid',
    title: 'Invalid',
    detail: 'An opportunity needs an amount before it can be won.',
  },
};

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

const refusal = (fault: Exclude<Fault, '' | 'network'>) =>
  json({ type: 'about:blank', instance: 'sample', ...problems[fault] }, problems[fault].status);

/** One page of a column: keyset cursors are plain offsets here. */
function pageOf(column: BoardColumn, offset: number, limit: number): BoardColumn {
  const end = offset + limit;
  const isCut = end < column.cards.length;
  return { ...column, cards: column.cards.slice(offset, end), nextCursor: isCut ? String(end) : null };
}

/** Starts the little server. `largestPage` above the contract's 1,000 hands out whole columns, for measuring. */
export function sampleServer(board: Board, largestPage = 1000): SampleServer {
  const server: SampleServer = {
    board,
    moveFault: '',
    reading: 'normal',
    moves: [],
    session: {
      kind: 'embed',
      server: location.origin,
      fetch: (path, init) => answer(server, largestPage, new URL(path, 'https://sample.invalid/'), init),
      onEnded: () => () => undefined,
      end: () => undefined,
    },
  };
  return server;
}

async function answer(server: SampleServer, largestPage: number, url: URL, init: RequestInit = {}): Promise<Response> {
  if (init.method === 'POST') return move(server, url.pathname, init);
  if (server.reading === 'never') return new Promise(() => undefined);
  if (server.reading === 'fails') throw new TypeError('no network');
  if (url.pathname === '/events') return new Response(null, { status: 404 });
  if (url.pathname === '/fields') return json({ items: [], nextCursor: null });
  const by = url.searchParams.get('by');
  if (url.pathname.endsWith('/lanes') && by) return json({ items: sampleLanes(server.board, by) });
  const board = narrowed(server.board, url.searchParams);
  if (url.pathname === '/pipelines')
    return json({ items: [{ ...board.pipeline, isDefault: true, stages: [] }], nextCursor: null });
  const asked = Number(url.searchParams.get('limit') ?? 200);
  const limit = largestPage > 1000 ? largestPage : Math.min(asked, largestPage);
  const stageId = url.pathname.match(/columns\/(.+)$/)?.[1];
  if (!stageId) {
    return json({
      ...board,
      columns: board.columns.map((column) => pageOf(column, 0, limit)),
      asOf: new Date().toISOString(),
    });
  }
  const column = board.columns.find((each) => each.stage.id === stageId);
  return column ? json(pageOf(column, Number(url.searchParams.get('cursor') ?? 0), limit)) : refusal('conflict');
}

async function move(server: SampleServer, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const body = JSON.parse(String(init.body)) as {
    stageId: string;
    after?: string;
    fields?: { ownerId?: string | null };
  };
  const ifMatch = headers.get('If-Match');
  server.moves.push({ path, body, ifMatch, key: headers.get('Idempotency-Key') });
  const fault = server.moveFault;
  server.moveFault = '';
  if (fault === 'network') throw new TypeError('no network');
  const cardId = path.split('/')[2] ?? '';
  if (fault === 'stale') someoneElseMoves(server, cardId);
  if (fault) return refusal(fault);
  const place = findCard(server.board, cardId);
  if (!place) return refusal('conflict');
  if (ifMatch !== `"${place.card.version}"`) return refusal('stale');
  const isSameStage = place.stageId === body.stageId;
  const patch = {
    version: place.card.version + 1,
    stageSince: isSameStage ? place.card.stageSince : new Date().toISOString(),
    ...(body.fields?.ownerId === undefined ? {} : { owner: ownerOf(server.board, body.fields.ownerId) }),
  };
  const { stageId, after } = body;
  server.board = applyMove(server.board, { cardId, stageId, ...(after ? { after } : {}) }, patch);
  return json({ ...place.card, ...patch }, 200, { ETag: `"${patch.version}"` });
}

const ownerOf = ({ columns }: Board, id: string | null): Card['owner'] =>
  columns.flatMap(({ cards }) => cards).find(({ owner }) => owner?.id === id)?.owner ?? null;

/** What the viewer's own move then runs into: the card is already in the last column. */
function someoneElseMoves(server: SampleServer, cardId: string): void {
  const stageId = server.board.columns.at(-1)?.stage.id ?? '';
  const version = (findCard(server.board, cardId)?.card.version ?? 0) + 1;
  const moved = applyMove(server.board, { cardId, stageId }, { version, title: 'Changed by somebody else' });
  server.board = { ...moved, columns: moved.columns.map(withTotals) };
}
