-- CreateTable
CREATE TABLE "analytics_change" (
    "xid" BIGINT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "fact" TEXT NOT NULL,
    "ids" UUID[],
    "sales" TEXT[],
    "weight" INTEGER NOT NULL,

    CONSTRAINT "analytics_change_pkey" PRIMARY KEY ("xid","seq")
);

-- CreateTable
CREATE TABLE "analytics_log" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "system_id" TEXT,
    "database_id" TEXT,
    "low_water" BIGINT NOT NULL DEFAULT 0,
    "horizons" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "analytics_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "analytics_file" (
    "id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "analytics_file_pkey" PRIMARY KEY ("id")
);

INSERT INTO "analytics_log" DEFAULT VALUES;

-- The log of changes. One row a statement, with what it changed in it: rows of the log commute, so whoever follows it may
-- read them in the order in which transactions commit. A statement that changes more than anyone wants to read one by one
-- is logged as "all". One INSERT does it all, because every sale that is booked waits for it.
CREATE FUNCTION "log_sales"() RETURNS trigger LANGUAGE plpgsql AS $$
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
        s.owner_id::text, s.source, s.segment, s.amount_base::text, s.cost_base::text, s.quantity::text] AS line
        FROM joined s WHERE s.deleted_at IS NULL LIMIT most + 1
      ) c HAVING count(*) > 0;
    WHEN 'DELETE' THEN
      INSERT INTO "analytics_change" ("xid", "fact", "ids", "sales", "weight")
      SELECT pg_current_xact_id()::text::bigint, CASE WHEN count(*) > most THEN 'all' ELSE 'sale' END,
        CASE WHEN count(*) <= most THEN array_agg(DISTINCT c.account_id) FILTER (WHERE c.account_id IS NOT NULL) END,
        CASE WHEN count(*) <= most THEN array_agg(c.line) END, count(*)
      FROM (
        SELECT s.account_id, ARRAY['-', (s.sold_on - date '1970-01-01')::text, s.product_id::text, s.product_category, s.region, s.team_id::text,
        s.owner_id::text, s.source, s.segment, s.amount_base::text, s.cost_base::text, s.quantity::text] AS line
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
        o.owner_id::text, o.source, o.segment, o.amount_base::text, o.cost_base::text, o.quantity::text] AS line
          WHERE o.id IS NOT NULL AND o.deleted_at IS NULL
          UNION ALL
          SELECT n.account_id, ARRAY['+', (n.sold_on - date '1970-01-01')::text, n.product_id::text, n.product_category, n.region, n.team_id::text,
        n.owner_id::text, n.source, n.segment, n.amount_base::text, n.cost_base::text, n.quantity::text]
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

-- Records that are known by their id are read again by whoever follows: the log only names them.
CREATE FUNCTION "log_records"() RETURNS trigger LANGUAGE plpgsql AS $$
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
       o.segment, o.stage_id, o.amount_base, o.probability, o.deleted_at IS NULL)
        IS DISTINCT FROM
      (n.created_at, n.closed_on, n.product_id, n.product_category, n.region, n.team_id, n.owner_id, n.source,
       n.segment, n.stage_id, n.amount_base, n.probability, n.deleted_at IS NULL)
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

CREATE TRIGGER "sale_added" AFTER INSERT ON "sale" REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_sales"();
CREATE TRIGGER "sale_removed" AFTER DELETE ON "sale" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "log_sales"();
CREATE TRIGGER "sale_changed" AFTER UPDATE ON "sale" REFERENCING OLD TABLE AS gone NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_sales"();
CREATE TRIGGER "lead_added" AFTER INSERT ON "lead" REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "lead_removed" AFTER DELETE ON "lead" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "lead_changed" AFTER UPDATE ON "lead" REFERENCING OLD TABLE AS gone NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "opportunity_added" AFTER INSERT ON "opportunity" REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "opportunity_removed" AFTER DELETE ON "opportunity" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "opportunity_changed" AFTER UPDATE ON "opportunity" REFERENCING OLD TABLE AS gone NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "spend_added" AFTER INSERT ON "spend" REFERENCING NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "spend_removed" AFTER DELETE ON "spend" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();
CREATE TRIGGER "spend_changed" AFTER UPDATE ON "spend" REFERENCING OLD TABLE AS gone NEW TABLE AS joined
  FOR EACH STATEMENT EXECUTE FUNCTION "log_records"();

CREATE FUNCTION "log_everything"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "analytics_change" ("xid", "fact", "weight") VALUES (pg_current_xact_id()::text::bigint, 'all', 1);
  RETURN NULL;
END $$;
CREATE TRIGGER "sale_emptied" AFTER TRUNCATE ON "sale" FOR EACH STATEMENT EXECUTE FUNCTION "log_everything"();
CREATE TRIGGER "lead_emptied" AFTER TRUNCATE ON "lead" FOR EACH STATEMENT EXECUTE FUNCTION "log_everything"();
CREATE TRIGGER "opportunity_emptied" AFTER TRUNCATE ON "opportunity" FOR EACH STATEMENT EXECUTE FUNCTION "log_everything"();
CREATE TRIGGER "spend_emptied" AFTER TRUNCATE ON "spend" FOR EACH STATEMENT EXECUTE FUNCTION "log_everything"();

-- What kind of stage it is and how probable a win is from there counts for every record in it. Whether it has any is
-- not asked when that changes: one may be coming in that nobody else sees yet.
CREATE FUNCTION "log_stage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM "lead" WHERE stage_id = coalesce(NEW.id, OLD.id))
     OR EXISTS (SELECT 1 FROM "opportunity" WHERE stage_id = coalesce(NEW.id, OLD.id)) THEN
    INSERT INTO "analytics_change" ("xid", "fact", "weight") VALUES (pg_current_xact_id()::text::bigint, 'all', 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "stage_added" AFTER INSERT OR DELETE ON "stage" FOR EACH ROW EXECUTE FUNCTION "log_stage"();
CREATE TRIGGER "stage_changed" AFTER UPDATE ON "stage" FOR EACH ROW
  WHEN ((OLD.kind, OLD.probability) IS DISTINCT FROM (NEW.kind, NEW.probability)) EXECUTE FUNCTION "log_stage"();
CREATE TRIGGER "stage_emptied" AFTER TRUNCATE ON "stage" FOR EACH STATEMENT EXECUTE FUNCTION "log_everything"();
