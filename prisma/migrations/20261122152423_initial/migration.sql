-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "currency" (
    "code" CHAR(3) NOT NULL,
    "name" TEXT NOT NULL,
    "minor_digits" SMALLINT NOT NULL DEFAULT 2,

    CONSTRAINT "currency_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "exchange_rate" (
    "currency_code" CHAR(3) NOT NULL,
    "day" DATE NOT NULL,
    "rate" DECIMAL(20,10) NOT NULL,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("currency_code","day")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "domain" TEXT,
    "industry" TEXT,
    "segment" TEXT,
    "region" TEXT,
    "country" TEXT,
    "employees" INTEGER,
    "annual_revenue" DECIMAL(18,4),
    "currency_code" CHAR(3),
    "founded_year" INTEGER,
    "parent_id" UUID,
    "owner_id" UUID,
    "team_id" UUID,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "account_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "title" TEXT,
    "owner_id" UUID,
    "team_id" UUID,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "company" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "source" TEXT,
    "segment" TEXT,
    "region" TEXT,
    "product_category" TEXT,
    "campaign" TEXT,
    "value" DECIMAL(18,4),
    "currency_code" CHAR(3) NOT NULL,
    "value_base" DECIMAL(18,4),
    "owner_id" UUID,
    "team_id" UUID,
    "pipeline_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "stage_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "position" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "score" DOUBLE PRECISION,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "converted_at" TIMESTAMPTZ(3),
    "converted_account_id" UUID,
    "converted_contact_id" UUID,
    "converted_opportunity_id" UUID,
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opportunity" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "account_id" UUID,
    "contact_id" UUID,
    "lead_id" UUID,
    "product_id" UUID,
    "source" TEXT,
    "segment" TEXT,
    "region" TEXT,
    "product_category" TEXT,
    "campaign" TEXT,
    "amount" DECIMAL(18,4),
    "currency_code" CHAR(3) NOT NULL,
    "amount_base" DECIMAL(18,4),
    "probability" DOUBLE PRECISION,
    "expected_close_on" DATE,
    "closed_on" DATE,
    "next_step" TEXT,
    "owner_id" UUID,
    "team_id" UUID,
    "pipeline_id" UUID NOT NULL,
    "stage_id" UUID NOT NULL,
    "stage_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "position" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "score" DOUBLE PRECISION,
    "custom" JSONB NOT NULL DEFAULT '{}',
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "opportunity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "record_type" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT,
    "outcome" TEXT,
    "duration_minutes" INTEGER,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "record_type" TEXT,
    "record_id" UUID,
    "title" TEXT NOT NULL,
    "type" TEXT NOT NULL DEFAULT 'to-do',
    "priority" TEXT NOT NULL DEFAULT 'normal',
    "status" TEXT NOT NULL DEFAULT 'open',
    "due_on" DATE,
    "assignee_id" UUID,
    "team_id" UUID,
    "completed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "embed_client" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'intranet',
    "allowed_origins" TEXT[],
    "components" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "key_kind" TEXT NOT NULL,
    "secret_sealed" BYTEA,
    "public_key" TEXT,
    "jwks_url" TEXT,
    "issuer" TEXT,
    "match_verified_email" BOOLEAN NOT NULL DEFAULT false,
    "default_role_id" UUID,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "embed_client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "embed_identity" (
    "client_id" UUID NOT NULL,
    "host_user_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "embed_identity_pkey" PRIMARY KEY ("client_id","host_user_id")
);

-- CreateTable
CREATE TABLE "embed_session" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "components" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "record" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "embed_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assertion_use" (
    "client_id" UUID NOT NULL,
    "token_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assertion_use_pkey" PRIMARY KEY ("client_id","token_id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "region" TEXT,
    "parent_id" UUID,
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_built_in" BOOLEAN NOT NULL DEFAULT false,
    "permissions" JSONB NOT NULL,
    "field_groups" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "email" TEXT,
    "email_verified_at" TIMESTAMPTZ(3),
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "role_id" UUID NOT NULL,
    "team_id" UUID,
    "locale" TEXT,
    "time_zone" TEXT,
    "external_key" TEXT,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "token_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,
    "address" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_token" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "purpose" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "payload" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "one_time_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" BIGSERIAL NOT NULL,
    "account" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" TEXT,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "id" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "private_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" INTEGER,
    "headers" JSONB,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "pipeline" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "entity" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "pipeline_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'open',
    "probability" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL,

    CONSTRAINT "stage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_event" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "record_type" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "pipeline_id" UUID NOT NULL,
    "from_stage_id" UUID,
    "to_stage_id" UUID NOT NULL,
    "amount_base" DECIMAL(18,4),
    "owner_id" UUID,
    "team_id" UUID,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stage_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custom_field" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "entity" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "options" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "required" BOOLEAN NOT NULL DEFAULT false,
    "help_text" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "custom_field_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "sku" TEXT,
    "category" TEXT,
    "list_price" DECIMAL(18,4),
    "unit_cost" DECIMAL(18,4),
    "currency_code" CHAR(3) NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sale" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "sold_on" DATE NOT NULL,
    "account_id" UUID,
    "product_id" UUID,
    "product_category" TEXT,
    "quantity" DECIMAL(18,4) NOT NULL DEFAULT 1,
    "amount" DECIMAL(18,4) NOT NULL,
    "cost" DECIMAL(18,4),
    "currency_code" CHAR(3) NOT NULL,
    "amount_base" DECIMAL(18,4) NOT NULL,
    "cost_base" DECIMAL(18,4),
    "owner_id" UUID,
    "team_id" UUID,
    "region" TEXT,
    "source" TEXT,
    "segment" TEXT,
    "campaign" TEXT,
    "opportunity_id" UUID,
    "lead_id" UUID,
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "sale_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spend" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "spent_on" DATE NOT NULL,
    "category" TEXT NOT NULL,
    "source" TEXT,
    "campaign" TEXT,
    "region" TEXT,
    "team_id" UUID,
    "amount" DECIMAL(18,4) NOT NULL,
    "currency_code" CHAR(3) NOT NULL,
    "amount_base" DECIMAL(18,4) NOT NULL,
    "external_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spend_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "seq" BIGSERIAL NOT NULL,
    "txid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "relayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "requested_by" UUID,
    "input" JSONB NOT NULL DEFAULT '{}',
    "result" JSONB,
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "entity" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'uploaded',
    "is_dry_run" BOOLEAN NOT NULL DEFAULT false,
    "mapping" JSONB,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "references" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "job_id" UUID,
    "started_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_chunk" (
    "run_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "import_error" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT,
    "reason" TEXT NOT NULL,
    "raw" JSONB NOT NULL,

    CONSTRAINT "import_error_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'new',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "secret_sealed" BYTEA,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_reference" (
    "connection_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_reference_pkey" PRIMARY KEY ("connection_id","entity","external_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_external_key_key" ON "account"("external_key");

-- CreateIndex
CREATE INDEX "account_name_key_idx" ON "account"("name_key");

-- CreateIndex
CREATE INDEX "account_owner_id_idx" ON "account"("owner_id");

-- CreateIndex
CREATE INDEX "account_team_id_idx" ON "account"("team_id");

-- CreateIndex
CREATE INDEX "account_created_at_id_idx" ON "account"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_external_key_key" ON "contact"("external_key");

-- CreateIndex
CREATE INDEX "contact_account_id_idx" ON "contact"("account_id");

-- CreateIndex
CREATE INDEX "contact_email_idx" ON "contact"("email");

-- CreateIndex
CREATE INDEX "contact_owner_id_idx" ON "contact"("owner_id");

-- CreateIndex
CREATE INDEX "contact_created_at_id_idx" ON "contact"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_external_key_key" ON "lead"("external_key");

-- CreateIndex
CREATE INDEX "lead_created_at_id_idx" ON "lead"("created_at", "id");

-- CreateIndex
CREATE INDEX "lead_updated_at_id_idx" ON "lead"("updated_at", "id");

-- CreateIndex
CREATE INDEX "lead_owner_id_created_at_id_idx" ON "lead"("owner_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_team_id_created_at_id_idx" ON "lead"("team_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "lead_stage_id_position_id_idx" ON "lead"("stage_id", "position", "id");

-- CreateIndex
CREATE UNIQUE INDEX "opportunity_external_key_key" ON "opportunity"("external_key");

-- CreateIndex
CREATE INDEX "opportunity_created_at_id_idx" ON "opportunity"("created_at", "id");

-- CreateIndex
CREATE INDEX "opportunity_updated_at_id_idx" ON "opportunity"("updated_at", "id");

-- CreateIndex
CREATE INDEX "opportunity_owner_id_created_at_id_idx" ON "opportunity"("owner_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "opportunity_team_id_created_at_id_idx" ON "opportunity"("team_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "opportunity_stage_id_position_id_idx" ON "opportunity"("stage_id", "position", "id");

-- CreateIndex
CREATE INDEX "opportunity_account_id_idx" ON "opportunity"("account_id");

-- CreateIndex
CREATE INDEX "opportunity_closed_on_idx" ON "opportunity"("closed_on");

-- CreateIndex
CREATE INDEX "activity_record_type_record_id_occurred_at_idx" ON "activity"("record_type", "record_id", "occurred_at");

-- CreateIndex
CREATE INDEX "task_record_type_record_id_idx" ON "task"("record_type", "record_id");

-- CreateIndex
CREATE INDEX "task_assignee_id_status_due_on_idx" ON "task"("assignee_id", "status", "due_on");

-- CreateIndex
CREATE INDEX "embed_identity_user_id_idx" ON "embed_identity"("user_id");

-- CreateIndex
CREATE INDEX "embed_session_user_id_idx" ON "embed_session"("user_id");

-- CreateIndex
CREATE INDEX "embed_session_expires_at_idx" ON "embed_session"("expires_at");

-- CreateIndex
CREATE INDEX "assertion_use_expires_at_idx" ON "assertion_use"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "team_name_key" ON "team"("name");

-- CreateIndex
CREATE UNIQUE INDEX "team_external_key_key" ON "team"("external_key");

-- CreateIndex
CREATE INDEX "team_parent_id_idx" ON "team"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "role_key_key" ON "role"("key");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_external_key_key" ON "app_user"("external_key");

-- CreateIndex
CREATE INDEX "app_user_team_id_idx" ON "app_user"("team_id");

-- CreateIndex
CREATE INDEX "app_user_role_id_idx" ON "app_user"("role_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_token_token_hash_key" ON "one_time_token"("token_hash");

-- CreateIndex
CREATE INDEX "one_time_token_expires_at_idx" ON "one_time_token"("expires_at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_account_at_idx" ON "sign_in_attempt"("account", "at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_address_at_idx" ON "sign_in_attempt"("address", "at");

-- CreateIndex
CREATE INDEX "audit_entry_entity_entity_id_at_idx" ON "audit_entry"("entity", "entity_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_at_idx" ON "audit_entry"("actor_id", "at");

-- CreateIndex
CREATE INDEX "idempotency_record_created_at_idx" ON "idempotency_record"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_entity_name_key" ON "pipeline"("entity", "name");

-- CreateIndex
CREATE UNIQUE INDEX "stage_pipeline_id_name_key" ON "stage"("pipeline_id", "name");

-- CreateIndex
CREATE INDEX "stage_event_record_type_record_id_at_idx" ON "stage_event"("record_type", "record_id", "at");

-- CreateIndex
CREATE INDEX "stage_event_pipeline_id_at_idx" ON "stage_event"("pipeline_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "custom_field_entity_key_key" ON "custom_field"("entity", "key");

-- CreateIndex
CREATE UNIQUE INDEX "product_name_key_key" ON "product"("name_key");

-- CreateIndex
CREATE UNIQUE INDEX "product_external_key_key" ON "product"("external_key");

-- CreateIndex
CREATE UNIQUE INDEX "sale_external_key_key" ON "sale"("external_key");

-- CreateIndex
CREATE INDEX "sale_sold_on_id_idx" ON "sale"("sold_on", "id");

-- CreateIndex
CREATE INDEX "sale_owner_id_sold_on_idx" ON "sale"("owner_id", "sold_on");

-- CreateIndex
CREATE INDEX "sale_team_id_sold_on_idx" ON "sale"("team_id", "sold_on");

-- CreateIndex
CREATE INDEX "sale_account_id_sold_on_idx" ON "sale"("account_id", "sold_on");

-- CreateIndex
CREATE INDEX "sale_opportunity_id_idx" ON "sale"("opportunity_id");

-- CreateIndex
CREATE UNIQUE INDEX "spend_external_key_key" ON "spend"("external_key");

-- CreateIndex
CREATE INDEX "spend_spent_on_idx" ON "spend"("spent_on");

-- CreateIndex
CREATE INDEX "job_requested_by_created_at_idx" ON "job"("requested_by", "created_at");

-- CreateIndex
CREATE INDEX "import_error_run_id_row_idx" ON "import_error"("run_id", "row");

-- CreateIndex
CREATE INDEX "external_reference_record_id_idx" ON "external_reference"("record_id");

-- AddForeignKey
ALTER TABLE "exchange_rate" ADD CONSTRAINT "exchange_rate_currency_code_fkey" FOREIGN KEY ("currency_code") REFERENCES "currency"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage" ADD CONSTRAINT "stage_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_error" ADD CONSTRAINT "import_error_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_reference" ADD CONSTRAINT "external_reference_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
