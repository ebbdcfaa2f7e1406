import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Principal, recordAudit } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import type { CrudContract, CrudKind, CrudService } from './crud-contract.ts';
import { listFields } from './custom-fields/field-row.ts';
import { everybody } from './custom-fields/values.repository.ts';
import { exportColumns, exportHead, exportLines } from './record-export.ts';

const CSV = 'text/csv';
const PAGE = 200;

interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

/** The list as a file: the same filters, order and reach, without paging. */
export function exportRoute<Query, Create, Update>(
  { database, clock, config }: Pick<Dependencies, 'database' | 'clock' | 'config'>,
  kind: CrudKind & { readonly entity: RecordType },
  { path, tag, listQuery }: CrudContract<Query, Create, Update>,
  service: CrudService<Query, Create, Update>,
): AnyRoute {
  const { entity } = kind;

  const page = async (principal: Principal, query: Query, cursor: string | null): Promise<Page> => {
    const asked = { ...query, limit: PAGE, count: false, cursor: cursor ?? undefined };
    return JSON.parse(await service.list(principal, asked)) as Page;
  };

  async function* lines(principal: Principal, query: Query, first: Page): AsyncGenerator<string> {
    const [custom, people] = await Promise.all([listFields(database.sql, { entity }), everybody(database.sql)]);
    const sample = first.items[0] ?? { id: '', name: '' };
    const columns = exportColumns(entity, { fields: principal.fieldGroups }, sample, custom, people);
    yield exportHead(columns) + exportLines(columns, first.items);
    for (let { nextCursor } = first; nextCursor !== null; ) {
      const next = await page(principal, query, nextCursor);
      yield exportLines(columns, next.items);
      nextCursor = next.nextCursor;
    }
  }

  return defineRoute({
    method: 'get',
    path: `/${path}/export`,
    operationId: `export${tag}`,
    tag,
    summary: `${tag} within the asker's scope as a CSV file`,
    access: kind.read,
    query: listQuery,
    responses: { 200: CSV },
    async handler({ actor, principal, query, res }) {
      const first = await page(principal, query, null);
      await recordAudit(database.sql, actor, {
        action: `${entity}.exported`,
        entity,
        entityId: null,
        after: { query },
      });
      res.setHeader('Content-Type', `${CSV}; charset=utf-8`);
      const name = `${path}-${businessDay(clock(), config.timeZone)}.csv`;
      res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      await pipeline(Readable.from(lines(principal, query, first)), res);
      return undefined;
    },
  });
}
