-- Sales of the log say which account bought: the last field of a line. Whoever is writing sales is waited for, and whoever
-- comes later waits, so that no line without the field follows.
LOCK TABLE "sale" IN SHARE ROW EXCLUSIVE MODE;

CREATE OR REPLACE FUNCTION "log_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most CONSTANT int := 20000;
BEGIN
  CASE TG_OP
    WHEN 'INSERT' THEN
      INSERT INTO "analytics_change" ("xid", "fact", "ids", "sales", "weight")
      SELECT pg_current_xact_id()::text::bigint, CASE WHEN count(*) > most THEN 'all' ELSE 'sale' END,
        CASE WHEN count(*) <= most THEN array_agg(DISTINCT c.account_id) FILTER (WHERE c.account_id IS NOT NULL) END,
        CASE WHEN count(*) <= most THEN array_agg(c.line) END, count(*)
      FROM (
        SELECT s.account_id, ARRAY['+', (s.sold_on - date '1970-01-01')::text, s.product_id::text, s.product_category, s.region, s.team_id::text,
            s.owner_id::text, s.source, s.segment, s.amount_base::text, s.cost_base::text, s.quantity::text, s.account_id::text] AS line
        FROM joined s WHERE s.deleted_at IS NULL LIMIT most + 1
      ) c HAVING count(*) > 0;
    WHEN 'DELETE' THEN
      INSERT INTO "analytics_change" ("xid", "fact", "ids", "sales", "weight")
      SELECT pg_current_xact_id()::text::bigint, CASE WHEN count(*) > most THEN 'all' ELSE 'sale' END,
        CASE WHEN count(*) <= most THEN array_agg(DISTINCT c.account_id) FILTER (WHERE c.account_id IS NOT NULL) END,
        CASE WHEN count(*) <= most THEN array_agg(c.line) END, count(*)
      FROM (
        SELECT s.account_id, ARRAY['-', (s.sold_on - date '1970-01-01')::text, s.product_id::text, s.product_category, s.region, s.team_id::text,
            s.owner_id::text, s.source, s.segment, s.amount_base::text, s.cost_base::text, s.quantity::text, s.account_id::text] AS line
        FROM gone s WHERE s.deleted_at IS NULL LIMIT most + 1
      ) c HAVING count(*) > 0;
    ELSE
      INSERT INTO "analytics_change" ("xid", "fact", "ids", "sales", "weight")
      SELECT pg_current_xact_id()::text::bigint, CASE WHEN count(*) > most THEN 'all' ELSE 'sale' END,
        CASE WHEN count(*) <= most THEN array_agg(DISTINCT c.account_id) FILTER (WHERE c.account_id IS NOT NULL) END,
        CASE WHEN count(*) <= most THEN array_agg(c.line) END, count(*)
      FROM (
        SELECT d.account_id, d.line FROM gone o FULL JOIN joined n ON n.id = o.id
        CROSS JOIN LATERAL (
          SELECT o.account_id, ARRAY['-', (o.sold_on - date '1970-01-01')::text, o.product_id::text, o.product_category, o.region, o.team_id::text,
            o.owner_id::text, o.source, o.segment, o.amount_base::text, o.cost_base::text, o.quantity::text, o.account_id::text] AS line
          WHERE o.id IS NOT NULL AND o.deleted_at IS NULL
          UNION ALL
          SELECT n.account_id, ARRAY['+', (n.sold_on - date '1970-01-01')::text, n.product_id::text, n.product_category, n.region, n.team_id::text,
            n.owner_id::text, n.source, n.segment, n.amount_base::text, n.cost_base::text, n.quantity::text, n.account_id::text]
          WHERE n.id IS NOT NULL AND n.deleted_at IS NULL
        ) d
        WHERE
          (o.sold_on, o.product_id, o.product_category, o.region, o.team_id, o.owner_id, o.source, o.segment,
           o.amount_base, o.cost_base, o.quantity, o.account_id, o.deleted_at IS NULL)
            IS DISTINCT FROM
          (n.sold_on, n.product_id, n.product_category, n.region, n.team_id, n.owner_id, n.source, n.segment,
           n.amount_base, n.cost_base, n.quantity, n.account_id, n.deleted_at IS NULL)
        LIMIT most + 1
      ) c HAVING count(*) > 0;
  END CASE;
  RETURN NULL;
END $$;
