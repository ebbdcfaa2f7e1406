-- A step of the stage history never changes without the moment since which its opportunity is in its stage: an import may move
-- both and nothing else. Past pipelines, which are read from that history, are no longer what they were then.
CREATE OR REPLACE FUNCTION "log_records"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  most CONSTANT int := 20000;
  changed uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    changed := ARRAY(SELECT id FROM joined LIMIT most + 1);
  ELSIF TG_OP = 'DELETE' THEN
    changed := ARRAY(SELECT id FROM gone LIMIT most + 1);
  ELSIF TG_TABLE_NAME = 'lead' THEN
    changed := ARRAY(SELECT coalesce(o.id, n.id) FROM gone o FULL JOIN joined n ON n.id = o.id WHERE
      (o.created_at, o.product_category, o.region, o.team_id, o.owner_id, o.source, o.segment, o.stage_id,
       o.converted_at IS NULL, o.deleted_at IS NULL)
        IS DISTINCT FROM
      (n.created_at, n.product_category, n.region, n.team_id, n.owner_id, n.source, n.segment, n.stage_id,
       n.converted_at IS NULL, n.deleted_at IS NULL)
      LIMIT most + 1);
  ELSIF TG_TABLE_NAME = 'opportunity' THEN
    changed := ARRAY(SELECT coalesce(o.id, n.id) FROM gone o FULL JOIN joined n ON n.id = o.id WHERE
      (o.created_at, o.closed_on, o.product_id, o.product_category, o.region, o.team_id, o.owner_id, o.source,
       o.segment, o.stage_id, o.stage_since, o.amount_base, o.probability, o.deleted_at IS NULL)
        IS DISTINCT FROM
      (n.created_at, n.closed_on, n.product_id, n.product_category, n.region, n.team_id, n.owner_id, n.source,
       n.segment, n.stage_id, n.stage_since, n.amount_base, n.probability, n.deleted_at IS NULL)
      LIMIT most + 1);
  ELSE
    changed := ARRAY(SELECT coalesce(o.id, n.id) FROM gone o FULL JOIN joined n ON n.id = o.id WHERE
      (o.spent_on, o.region, o.team_id, o.source, o.amount_base)
        IS DISTINCT FROM
      (n.spent_on, n.region, n.team_id, n.source, n.amount_base)
      LIMIT most + 1);
  END IF;
  IF cardinality(changed) > most THEN
    INSERT INTO "analytics_change" ("xid", "fact", "weight") VALUES (pg_current_xact_id()::text::bigint, 'all', 1);
  ELSIF cardinality(changed) > 0 THEN
    INSERT INTO "analytics_change" ("xid", "fact", "ids", "weight")
    VALUES (pg_current_xact_id()::text::bigint, TG_TABLE_NAME, changed, cardinality(changed));
  END IF;
  RETURN NULL;
END $$;
