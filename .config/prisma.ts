// `generate` never needs the schema engine here (migrations run through its WebAssembly build), yet the
// CLI insists on having a binary before it does anything. Any existing file satisfies it; without this
// line it would try to download one and fail on a machine that reaches only the npm registry.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: '../prisma',
  migrations: { path: '../prisma/migrations' },
});
