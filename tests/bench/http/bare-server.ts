// The floor: the same three routes on Express with bare prepared node-postgres, without sign-in, scope,
// validation or audit. Run as a process of its own: node bare-server.ts DATABASE_URL PORT
import express from 'express';
import pg from 'pg';

const [url = '', port = '0'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 20, options: '-c timezone=UTC' });
const app = express();
app.disable('x-powered-by');
app.set('etag', false);
app.set('query parser', 'simple');

const columns = `l.id, l.name, l.company, l.email, l.phone, l.source, l.segment, l.region, l.product_category, l.campaign, l.value,
  l.currency_code, l.owner_id, o.name as owner_name, l.team_id, t.name as team_name, l.pipeline_id, l.stage_id, s.name as stage_name,
  s.kind as stage_kind, l.stage_since, l.score, l.custom, l.position, l.converted_at, l.created_at, l.updated_at, l.version`;
const joins = `from lead l join stage s on s.id = l.stage_id left join app_user o on o.id = l.owner_id left join team t on t.id = l.team_id`;

const present = (row: Record<string, unknown>) => ({
  id: row.id,
  name: row.name,
  company: row.company,
  email: row.email,
  phone: row.phone,
  source: row.source,
  segment: row.segment,
  region: row.region,
  productCategory: row.product_category,
  campaign: row.campaign,
  value: row.value === null ? null : { amount: Number(row.value).toFixed(2), currency: row.currency_code },
  owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name },
  team: row.team_id === null ? null : { id: row.team_id, name: row.team_name },
  pipelineId: row.pipeline_id,
  stage: { id: row.stage_id, name: row.stage_name, kind: row.stage_kind },
  stageSince: row.stage_since,
  score: row.score,
  custom: row.custom,
  position: row.position,
  converted: row.converted_at === null ? null : { at: row.converted_at },
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
});

app.get('/leads/:id', async (req, res) => {
  const { rows } = await pool.query({
    name: 'one',
    text: `select ${columns} ${joins} where l.id = $1 and l.deleted_at is null`,
    values: [req.params.id],
  });
  if (rows.length === 0) res.status(404).end();
  else res.json(present(rows[0]));
});

app.get('/leads', async (_req, res) => {
  const { rows } = await pool.query({
    name: 'list',
    text: `select ${columns} ${joins} where l.deleted_at is null order by l.created_at desc, l.id desc limit 51`,
  });
  res.json({ items: rows.slice(0, 50).map(present), nextCursor: rows.length > 50 ? rows[50]?.id : null });
});

app.patch('/leads/:id', express.json(), async (req, res) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const before = await client.query({
      name: 'lock',
      text: 'select * from lead where id = $1 for update',
      values: [req.params.id],
    });
    const updated = await client.query({
      name: 'move',
      text: `update lead l set stage_id = $2, position = $3, version = version + 1, updated_at = now(), stage_since = now()
        from stage s where l.id = $1 and s.id = $2 returning l.*, s.name as stage_name, s.kind as stage_kind`,
      values: [req.params.id, req.body.stageId, req.body.position],
    });
    await client.query({
      name: 'event',
      text: `insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, owner_id, team_id)
        values ('lead', $1, $2, $3, $4, $5, $6, $7)`,
      values: [
        req.params.id,
        before.rows[0].pipeline_id,
        before.rows[0].stage_id,
        req.body.stageId,
        before.rows[0].value_base,
        before.rows[0].owner_id,
        before.rows[0].team_id,
      ],
    });
    await client.query('commit');
    res.json(present(updated.rows[0]));
  } finally {
    client.release();
  }
});

app.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
