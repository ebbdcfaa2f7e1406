import { sql } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { Finding, SystemPart } from '../part.ts';

/** Connections to CRMs: this version can't make any, and that is said; those of another version are not passed over. */
export function connectionsPart({ database }: Pick<Dependencies, 'database'>): SystemPart {
  const look = async (): Promise<Finding> => {
    const stored = await database.sql.rows<{ name: string; provider: string }>(sql`
      select name, provider from connection order by name limit 50`);
    const facts = stored.map(({ name, provider }) => ({ label: name, value: provider }));
    if (stored.length === 0) {
      const detail =
        'No CRM is connected, and this version cannot connect one yet. Bring records in as files until then.';
      return { status: 'not-configured', detail, facts };
    }
    const detail =
      'The database holds connections to CRMs, but this version cannot keep them in step. Run the version that made them.';
    return { status: 'warning', detail, facts };
  };
  return { key: 'connections', label: 'CRM connections', look, test: look };
}
