-- AlterTable
ALTER TABLE "account" ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "body_format" TEXT NOT NULL DEFAULT 'text',
ADD COLUMN     "contact_id" UUID,
ADD COLUMN     "corrected_at" TIMESTAMPTZ(3),
ADD COLUMN     "direction" TEXT,
ADD COLUMN     "mention_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "rule_id" UUID,
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "rule_id" UUID;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "custom_field" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "default_value" JSONB,
ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "is_dimension" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_unique" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "visible_to" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "lost_note" TEXT,
ADD COLUMN     "lost_reason_id" UUID,
ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "opportunity" ADD COLUMN     "lost_note" TEXT,
ADD COLUMN     "lost_reason_id" UUID,
ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "pipeline" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "asks_lost_reason" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "stage" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "colour" TEXT NOT NULL DEFAULT 'grey',
ADD COLUMN     "limits_next" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "next_stage_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "required_fields" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "rotting_days" INTEGER,
ADD COLUMN     "wip_limit" INTEGER;

-- AlterTable
ALTER TABLE "stage_event" ADD COLUMN     "expected_close_on" DATE,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'entered',
ADD COLUMN     "rule_id" UUID,
ADD COLUMN     "until" TIMESTAMPTZ(3) NOT NULL DEFAULT '9999-12-31 00:00:00 +00:00';

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "created_by_id" UUID,
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "due_time" TEXT,
ADD COLUMN     "notes" TEXT,
ADD COLUMN     "occurrence" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "repeat" JSONB,
ADD COLUMN     "rule_id" UUID,
ADD COLUMN     "series_id" UUID,
ADD COLUMN     "time_zone" TEXT;

-- Tasks of before: due by the end of their day
UPDATE "task" SET "time_zone" = 'UTC', "due_at" = ("due_on" + 1)::timestamp AT TIME ZONE 'UTC' WHERE "due_on" IS NOT NULL;

-- CreateTable
CREATE TABLE "activity_revision" (
    "activity_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "edited_by_id" UUID,
    "edited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_revision_pkey" PRIMARY KEY ("activity_id","version")
);

-- CreateTable
CREATE TABLE "reminder" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "task_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "minutes_before" INTEGER NOT NULL,
    "channel" TEXT NOT NULL DEFAULT 'in-app',
    "fire_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT,
    "record_type" TEXT,
    "record_id" UUID,
    "task_id" UUID,
    "dedupe_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_read_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automation_rule" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "entity" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "trigger" JSONB NOT NULL,
    "conditions" JSONB NOT NULL DEFAULT '{"match":"all","items":[]}',
    "actions" JSONB NOT NULL DEFAULT '[]',
    "owner_id" UUID,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "paused_reason" TEXT,
    "last_assignee" UUID,
    "last_run_at" TIMESTAMPTZ(3),
    "replay" JSONB,
    "replayed_version" INTEGER,
    "active_since" TIMESTAMPTZ(3),
    "swept_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "automation_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automation_run" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "rule_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "occasion" TEXT NOT NULL,
    "chain" UUID[] DEFAULT ARRAY[]::UUID[],
    "actions" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "automation_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "automation_step" (
    "run_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "result" JSONB NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "automation_step_pkey" PRIMARY KEY ("run_id","index")
);

-- CreateTable
CREATE TABLE "mail_template" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "run_id" UUID,
    "step_index" INTEGER,
    "rule_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "status" INTEGER,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversion" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "lead_id" UUID NOT NULL,
    "account_id" UUID,
    "contact_id" UUID,
    "opportunity_id" UUID,
    "is_account_new" BOOLEAN NOT NULL DEFAULT false,
    "is_contact_new" BOOLEAN NOT NULL DEFAULT false,
    "is_opportunity_new" BOOLEAN NOT NULL DEFAULT false,
    "from_stage_id" UUID NOT NULL,
    "converted_by_id" UUID,
    "converted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_by_id" UUID,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "conversion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merge" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "record_type" TEXT NOT NULL,
    "survivor_id" UUID NOT NULL,
    "absorbed_ids" UUID[],
    "details" JSONB NOT NULL,
    "merged_by_id" UUID,
    "merged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_by_id" UUID,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "not_duplicate" (
    "record_type" TEXT NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "said_by_id" UUID,
    "said_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "not_duplicate_pkey" PRIMARY KEY ("record_type","first_id","second_id")
);

-- CreateTable
CREATE TABLE "tag" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "colour" TEXT NOT NULL DEFAULT 'grey',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "entity" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "layout" TEXT NOT NULL DEFAULT 'list',
    "owner_id" UUID NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "filters" JSONB NOT NULL DEFAULT '{}',
    "columns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sort" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "record_type" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploaded_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment_chunk" (
    "attachment_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "attachment_chunk_pkey" PRIMARY KEY ("attachment_id","seq")
);

-- CreateTable
CREATE TABLE "lost_reason" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "entity" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "lost_reason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_unique_value" (
    "field_id" UUID NOT NULL,
    "value_key" TEXT NOT NULL,
    "record_id" UUID NOT NULL,

    CONSTRAINT "custom_unique_value_pkey" PRIMARY KEY ("field_id","value_key")
);

-- CreateIndex
CREATE INDEX "reminder_state_fire_at_idx" ON "reminder"("state", "fire_at");

-- CreateIndex
CREATE UNIQUE INDEX "reminder_task_id_user_id_minutes_before_key" ON "reminder"("task_id", "user_id", "minutes_before");

-- CreateIndex
CREATE UNIQUE INDEX "notification_dedupe_key_key" ON "notification"("dedupe_key");

-- CreateIndex
CREATE INDEX "notification_user_id_created_at_idx" ON "notification"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "notification_user_id_read_at_idx" ON "notification"("user_id", "read_at");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_user_id_idx" ON "calendar_feed"("user_id");

-- CreateIndex
CREATE INDEX "automation_rule_entity_state_idx" ON "automation_rule"("entity", "state");

-- CreateIndex
CREATE INDEX "automation_run_record_type_record_id_created_at_idx" ON "automation_run"("record_type", "record_id", "created_at");

-- CreateIndex
CREATE INDEX "automation_run_rule_id_created_at_idx" ON "automation_run"("rule_id", "created_at");

-- CreateIndex
CREATE INDEX "automation_run_state_created_at_idx" ON "automation_run"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "automation_run_rule_id_record_id_occasion_key" ON "automation_run"("rule_id", "record_id", "occasion");

-- CreateIndex
CREATE UNIQUE INDEX "mail_template_name_key" ON "mail_template"("name");

-- CreateIndex
CREATE INDEX "webhook_delivery_rule_id_created_at_idx" ON "webhook_delivery"("rule_id", "created_at");

-- CreateIndex
CREATE INDEX "conversion_lead_id_converted_at_idx" ON "conversion"("lead_id", "converted_at");

-- CreateIndex
CREATE INDEX "conversion_opportunity_id_idx" ON "conversion"("opportunity_id");

-- CreateIndex
CREATE INDEX "merge_record_type_survivor_id_merged_at_idx" ON "merge"("record_type", "survivor_id", "merged_at");

-- CreateIndex
CREATE UNIQUE INDEX "tag_name_key_key" ON "tag"("name_key");

-- CreateIndex
CREATE INDEX "saved_view_entity_is_shared_idx" ON "saved_view"("entity", "is_shared");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_entity_name_key" ON "saved_view"("owner_id", "entity", "name");

-- CreateIndex
CREATE INDEX "attachment_record_type_record_id_created_at_idx" ON "attachment"("record_type", "record_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "lost_reason_entity_label_key" ON "lost_reason"("entity", "label");

-- CreateIndex
CREATE INDEX "custom_unique_value_record_id_idx" ON "custom_unique_value"("record_id");

-- CreateIndex
CREATE INDEX "activity_author_id_occurred_at_idx" ON "activity"("author_id", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_entry_action_at_id_idx" ON "audit_entry"("action", "at", "id");

-- CreateIndex
CREATE INDEX "account_name_id_idx" ON "account"("name", "id");

-- CreateIndex
CREATE INDEX "contact_name_id_idx" ON "contact"("name", "id");

-- CreateIndex
CREATE INDEX "lead_name_id_idx" ON "lead"("name", "id");

-- CreateIndex
CREATE INDEX "opportunity_name_id_idx" ON "opportunity"("name", "id");

-- CreateIndex
CREATE INDEX "lead_tags_idx" ON "lead" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "lead_deleted_at_idx" ON "lead"("deleted_at");

-- CreateIndex
CREATE INDEX "opportunity_tags_idx" ON "opportunity" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "opportunity_deleted_at_idx" ON "opportunity"("deleted_at");

-- CreateIndex
CREATE INDEX "task_status_due_at_idx" ON "task"("status", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "task_series_id_occurrence_key" ON "task"("series_id", "occurrence");

-- AddForeignKey
ALTER TABLE "activity_revision" ADD CONSTRAINT "activity_revision_activity_id_fkey" FOREIGN KEY ("activity_id") REFERENCES "activity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "automation_run" ADD CONSTRAINT "automation_run_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "automation_rule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "automation_step" ADD CONSTRAINT "automation_step_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "automation_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment_chunk" ADD CONSTRAINT "attachment_chunk_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Search as you type that forgives a typo: words are compared by the three-letter pieces they share. What only some
-- roles may see (e-mail, phone) has an index of its own, so that a search never has to look at both.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "lead_search" ON "lead" USING gin ((lower(name || ' ' || coalesce(company, ''))) gin_trgm_ops);
CREATE INDEX "lead_search_personal" ON "lead" USING gin ((lower(coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || regexp_replace(coalesce(phone, ''), '\D', '', 'g'))) gin_trgm_ops);
CREATE INDEX "opportunity_search" ON "opportunity" USING gin ((lower(name)) gin_trgm_ops);
CREATE INDEX "account_search" ON "account" USING gin ((lower(name || ' ' || coalesce(domain, ''))) gin_trgm_ops);
CREATE INDEX "contact_search" ON "contact" USING gin ((lower(name)) gin_trgm_ops);
CREATE INDEX "contact_search_personal" ON "contact" USING gin ((lower(coalesce(email, '') || ' ' || coalesce(phone, '') || ' ' || regexp_replace(coalesce(phone, ''), '\D', '', 'g'))) gin_trgm_ops);
-- What begins with what was typed comes first; the pieces above can't tell it from what has it further on.
CREATE INDEX "lead_begins" ON "lead" ((lower(name || ' ' || coalesce(company, ''))) text_pattern_ops);
CREATE INDEX "opportunity_begins" ON "opportunity" ((lower(name)) text_pattern_ops);
CREATE INDEX "account_begins" ON "account" ((lower(name || ' ' || coalesce(domain, ''))) text_pattern_ops);
CREATE INDEX "contact_begins" ON "contact" ((lower(name)) text_pattern_ops);

-- The orders of lists whose keys are expressions.
CREATE INDEX "lead_value_order" ON "lead" ((coalesce(value_base, -1)), id);
CREATE INDEX "lead_score_order" ON "lead" ((coalesce(score, -1)), id);
CREATE INDEX "opportunity_value_order" ON "opportunity" ((coalesce(amount_base, -1)), id);
CREATE INDEX "opportunity_score_order" ON "opportunity" ((coalesce(score, -1)), id);
CREATE INDEX "opportunity_close_order" ON "opportunity" ((coalesce(expected_close_on, '9999-12-31')), id);

-- What rules still have to look at, and jobs still have to be handed over. Rows that were stay for a week.
CREATE INDEX "outbox_waiting" ON "outbox" (seq) WHERE relayed_at IS NULL;

-- A score is written by many: imports, syncs, models that score everything in one statement. Rules hear of each change.
-- (The engine that applies migrations cuts at every semicolon: those inside the function are written as \073.)
CREATE FUNCTION note_score() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  INSERT INTO outbox (kind, payload)
  SELECT ''record.changed'', jsonb_build_object(''entity'', TG_TABLE_NAME, ''id'', NEW.id, ''kind'', ''scored'',
    ''fields'', jsonb_build_array(''score''), ''before'', null, ''after'', null, ''actorId'', null, ''chain'', jsonb_build_array(),
    ''scores'', jsonb_build_array(OLD.score, NEW.score))
  WHERE EXISTS (SELECT 1 FROM automation_rule w
    WHERE w.entity = TG_TABLE_NAME AND w.state = ''active'' AND w.deleted_at IS NULL AND w.trigger->>''on'' = ''score-crosses'')\073
  RETURN NULL\073
END';
CREATE TRIGGER lead_scored AFTER UPDATE OF score ON lead
  FOR EACH ROW WHEN (OLD.score IS DISTINCT FROM NEW.score) EXECUTE FUNCTION note_score();
CREATE TRIGGER opportunity_scored AFTER UPDATE OF score ON opportunity
  FOR EACH ROW WHEN (OLD.score IS DISTINCT FROM NEW.score) EXECUTE FUNCTION note_score();

-- Until when an event tells how its record stands: the moment of the record's next one. With it the board of any date
-- is a walk over one index, whatever happened before and after. A few records are looked up one by one, many at once.
CREATE FUNCTION close_stage_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  IF (SELECT count(*) FROM added) <= 50 THEN
    FOR found IN SELECT DISTINCT record_type, record_id FROM added LOOP
      UPDATE stage_event e SET until = n.until
      FROM (
        SELECT x.id, lead(x.at, 1, '9999-12-31Z'::timestamptz) OVER (ORDER BY x.at, x.id) AS until
        FROM stage_event x WHERE x.record_type = found.record_type AND x.record_id = found.record_id
      ) n
      WHERE e.record_type = found.record_type AND e.record_id = found.record_id AND e.id = n.id AND e.until <> n.until;
    END LOOP;
  ELSE
    UPDATE stage_event e SET until = n.until
    FROM (
      SELECT x.id, lead(x.at, 1, '9999-12-31Z'::timestamptz) OVER (PARTITION BY x.record_id ORDER BY x.at, x.id) AS until
      FROM stage_event x WHERE x.record_id IN (SELECT record_id FROM added)
    ) n
    WHERE e.id = n.id AND e.until <> n.until;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stage_event_added AFTER INSERT ON stage_event REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION close_stage_events();
UPDATE stage_event e SET until = n.until
FROM (SELECT id, lead(at) OVER (PARTITION BY record_type, record_id ORDER BY at, id) AS until FROM stage_event) n
WHERE e.id = n.id AND n.until IS NOT NULL;
CREATE INDEX "stage_event_standing" ON "stage_event" (pipeline_id, until, at) INCLUDE (to_stage_id, amount_base, record_id, id) WHERE kind <> 'removed';
CREATE INDEX "stage_event_removed" ON "stage_event" (record_type, until) WHERE kind = 'removed';
CREATE INDEX "stage_event_of_stage" ON "stage_event" (to_stage_id, at) INCLUDE (until) WHERE kind <> 'removed';

-- What a board adds up of its columns, without a look at the records themselves.
CREATE INDEX "lead_board" ON "lead" (stage_id) INCLUDE (owner_id, team_id, value_base, stage_since, score) WHERE deleted_at IS NULL;
CREATE INDEX "opportunity_board" ON "opportunity" (stage_id) INCLUDE (owner_id, team_id, amount_base, probability, stage_since, score) WHERE deleted_at IS NULL;

-- The same for people who see their own records only, in the order of the cards.
CREATE INDEX "lead_own_board" ON "lead" (owner_id, stage_id, position, id) INCLUDE (team_id, value_base, stage_since, score) WHERE deleted_at IS NULL;
CREATE INDEX "opportunity_own_board" ON "opportunity" (owner_id, stage_id, position, id) INCLUDE (team_id, amount_base, probability, stage_since, score) WHERE deleted_at IS NULL;

-- Work that was asked for with an API key has the rights of the key, not those of its person.
ALTER TABLE "job" ADD COLUMN "api_key_id" UUID;
