-- CreateTable
CREATE TABLE "dashboard" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "key" TEXT,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "owner_id" UUID,
    "audience" TEXT NOT NULL DEFAULT 'private',
    "role_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "selection" JSONB NOT NULL DEFAULT '{}',
    "panels" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dashboard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dashboard_home" (
    "user_id" UUID NOT NULL,
    "dashboard_id" UUID NOT NULL,

    CONSTRAINT "dashboard_home_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "exploration" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "chart" JSONB NOT NULL,
    "selection" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exploration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "metric" TEXT NOT NULL,
    "team_id" UUID,
    "user_id" UUID,
    "grain" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "value" DECIMAL(18,4) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_file" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "job_id" UUID,
    "owner_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "data_hash" TEXT NOT NULL,
    "rights" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "export_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_chunk" (
    "file_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "export_chunk_pkey" PRIMARY KEY ("file_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "dashboard_key_key" ON "dashboard"("key");

-- CreateIndex
CREATE INDEX "dashboard_owner_id_idx" ON "dashboard"("owner_id");

-- CreateIndex
CREATE INDEX "dashboard_home_dashboard_id_idx" ON "dashboard_home"("dashboard_id");

-- CreateIndex
CREATE UNIQUE INDEX "exploration_owner_id_name_key" ON "exploration"("owner_id", "name");

-- CreateIndex
CREATE INDEX "target_starts_on_ends_on_idx" ON "target"("starts_on", "ends_on");

-- CreateIndex
CREATE INDEX "target_team_id_idx" ON "target"("team_id");

-- CreateIndex
CREATE INDEX "target_user_id_idx" ON "target"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "export_file_job_id_key" ON "export_file"("job_id");

-- CreateIndex
CREATE INDEX "export_file_created_at_idx" ON "export_file"("created_at");

-- CreateIndex
CREATE INDEX "sale_product_id_idx" ON "sale"("product_id");

-- CreateIndex
CREATE INDEX "sale_product_category_idx" ON "sale"("product_category");

-- CreateIndex
CREATE INDEX "sale_region_idx" ON "sale"("region");

-- CreateIndex
CREATE INDEX "sale_source_idx" ON "sale"("source");

-- CreateIndex
CREATE INDEX "sale_segment_idx" ON "sale"("segment");

-- AddForeignKey
ALTER TABLE "dashboard_home" ADD CONSTRAINT "dashboard_home_dashboard_id_fkey" FOREIGN KEY ("dashboard_id") REFERENCES "dashboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_chunk" ADD CONSTRAINT "export_chunk_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "export_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One target of a metric for the company (neither team nor person), a team or a person in a period. Prisma's language has no
-- index over an expression.
CREATE UNIQUE INDEX "target_of" ON "target" ("metric", (coalesce("team_id"::text, "user_id"::text, '')), "grain", "starts_on");
