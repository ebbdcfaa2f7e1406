import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const MIN_SECRET_LENGTH = 32;
/** Values people copy from examples; they are as good as no secret. */
const EXAMPLE_SECRET = /change[-_ ]?me|example|secret[-_ ]?key|your[-_ ]|placeholder|^(.)\1+$|^(0123|1234|abcd)/i;

const port = z.coerce.number().int().min(0).max(65_535);
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false; // Intl's only way to say "unknown zone"
  }
}

const environmentSchema = z.object({
  NODE_ENV: optional(z.string()),
  HOST: optional(z.string()).transform((value) => value ?? '0.0.0.0'),
  PORT: optional(port).transform((value) => value ?? 5000),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  DATA_DIR: optional(z.string()).transform((value) => path.resolve(value ?? './data')),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')),
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')),
  SECRET_KEY: optional(z.string()),
  MAIL_SERVER: optional(z.string()),
  MAIL_PORT: optional(port),
  MAIL_USE_TLS: optional(flag).transform((value) => value ?? false),
  MAIL_USE_SSL: optional(flag).transform((value) => value ?? false),
  MAIL_USERNAME: optional(z.string()),
  MAIL_PASSWORD: optional(z.string()),
  MAIL_DEFAULT_SENDER: optional(z.string().max(320)),
  LLM_API_KEY: optional(z.string()),
  LLM_API_BASE: optional(z.url({ protocol: /^https?$/ })),
  LLM_MODEL_NAME: optional(z.string()),
  LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])).transform(
    (value) => value ?? 'info',
  ),
  METRICS_KEY: optional(z.string().min(16, 'must have at least 16 characters')),
  METRICS_PORT: optional(port),
  WEB_CONCURRENCY: optional(z.coerce.number().int().min(1).max(64)).transform((value) => value ?? 1),
  SALESPULSE_ROLE: optional(z.enum(['all', 'web', 'worker'])).transform((value) => value ?? 'all'),
  ANALYTICS_ENGINE: optional(z.enum(['auto', 'sql', 'columnar'])).transform((value) => value ?? 'auto'),
  ANALYTICS_MEMORY_MB: optional(z.coerce.number().int().min(1).max(1_000_000)).transform((value) => value ?? 1024),
  COMPANY_TIME_ZONE: optional(
    z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin'),
  ).transform((value) => value ?? 'UTC'),
  COMPANY_CURRENCY: optional(z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter code such as EUR')).transform(
    (value) => value ?? 'EUR',
  ),
  DEMO_PASSWORD: optional(z.string().min(8, 'must have at least 8 characters')),
  DEMO_INTRANET_PORT: optional(port).transform((value) => value ?? 5001),
  WEBHOOK_ALLOWED_HOSTS: optional(z.string().max(4000)),
  TRUST_PROXY: optional(flag).transform((value) => value ?? false),
});

/** How to reach the mail server. */
export interface MailConfig {
  host: string;
  port: number;
  /** ssl: TLS from the first byte; starttls: asked for and insisted on; plain: neither */
  security: 'ssl' | 'starttls' | 'plain';
  username: string | null;
  password: string | null;
}

/** Everything the process was told from outside; frozen. */
export interface Config {
  host: string;
  port: number;
  /** how people reach the server, without a trailing slash */
  publicUrl: string;
  isProduction: boolean;
  dataDir: string;
  /** null: PGlite in dataDir */
  databaseUrl: string | null;
  redisUrl: string | null;
  /** 32 bytes from which all keys are derived */
  secret: Buffer;
  /** bcrypt's cost; not configurable from outside, absent but in tests that sign in hundreds of times */
  passwordCost?: number;
  /** SECRET_KEY, or the file that embedded mode makes in dataDir */
  secretSource: 'environment' | 'file';
  /** null: no mail server, mails are kept in the outbox that the console shows */
  mail: MailConfig | null;
  /** who mails come from: `Name <address>` */
  mailSender: string;
  /** null: no language model, templates write the prose */
  model: { key: string; base: string | null; name: string | null } | null;
  logLevel: string;
  metricsKey: string | null;
  /** a second port for health and metrics, reachable from inside only; null: none */
  metricsPort: number | null;
  role: 'all' | 'web' | 'worker';
  concurrency: number;
  /** who adds up figures: PostgreSQL, a copy of the facts in columns, or the copy while it fits into analyticsMemoryMb */
  analyticsEngine: 'auto' | 'sql' | 'columnar';
  analyticsMemoryMb: number;
  timeZone: string;
  currency: string;
  demoPassword: string | null;
  demoIntranetPort: number;
  trustProxy: boolean;
  /** hosts (name or name:port) that webhooks of rules may call although they are not on the open internet */
  webhookHosts: readonly string[];
}

/** The environment can't be used; the message lists every problem, a line each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads and checks the environment. @throws ConfigError with all problems at once. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const isProduction = environment.NODE_ENV === 'production';
  const isEmbedded = !environment.DATABASE_URL;
  if (parsed.success) problems.push(...mailProblems(parsed.data));
  const secretProblem = checkSecret(environment.SECRET_KEY, isProduction || !isEmbedded);
  if (secretProblem) problems.push(secretProblem);
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const env = parsed.data;
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ''),
    isProduction,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    secret: createHash('sha256')
      .update(env.SECRET_KEY ?? embeddedSecret(env.DATA_DIR))
      .digest(),
    secretSource: env.SECRET_KEY ? 'environment' : 'file',
    mail: mailConfig(env),
    mailSender: env.MAIL_DEFAULT_SENDER ?? 'SalesPulse <no-reply@localhost>',
    model: env.LLM_API_KEY
      ? { key: env.LLM_API_KEY, base: env.LLM_API_BASE ?? null, name: env.LLM_MODEL_NAME ?? null }
      : null,
    logLevel: env.LOG_LEVEL,
    metricsKey: env.METRICS_KEY ?? null,
    metricsPort: env.METRICS_PORT ?? null,
    role: env.SALESPULSE_ROLE,
    concurrency: env.WEB_CONCURRENCY,
    analyticsEngine: env.ANALYTICS_ENGINE,
    analyticsMemoryMb: env.ANALYTICS_MEMORY_MB,
    timeZone: env.COMPANY_TIME_ZONE,
    currency: env.COMPANY_CURRENCY,
    demoPassword: env.DEMO_PASSWORD ?? null,
    demoIntranetPort: env.DEMO_INTRANET_PORT,
    trustProxy: env.TRUST_PROXY,
    webhookHosts: (env.WEBHOOK_ALLOWED_HOSTS ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
  });
}

type Environment = z.output<typeof environmentSchema>;

const SMTP_PORTS = { ssl: 465, starttls: 587, plain: 25 } as const;

function mailConfig(env: Environment): MailConfig | null {
  if (!env.MAIL_SERVER) return null;
  const security = env.MAIL_USE_SSL ? 'ssl' : env.MAIL_USE_TLS ? 'starttls' : 'plain';
  return {
    host: env.MAIL_SERVER,
    port: env.MAIL_PORT ?? SMTP_PORTS[security],
    security,
    username: env.MAIL_USERNAME ?? null,
    password: env.MAIL_PASSWORD ?? null,
  };
}

function mailProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (env.MAIL_USE_TLS && env.MAIL_USE_SSL) {
    problems.push(
      'MAIL_USE_TLS, MAIL_USE_SSL: set one of them. TLS is STARTTLS (port 587), SSL is TLS from the start (465).',
    );
  }
  if ((env.MAIL_USERNAME === undefined) !== (env.MAIL_PASSWORD === undefined)) {
    problems.push('MAIL_USERNAME, MAIL_PASSWORD: set both or neither.');
  }
  if (env.MAIL_SERVER && !env.MAIL_DEFAULT_SENDER) {
    problems.push('MAIL_DEFAULT_SENDER: is missing. Set who mails come from, such as "SalesPulse <crm@example.com>".');
  }
  return problems;
}

function checkSecret(secret: string | undefined, isRequired: boolean): string | null {
  const advice = 'Make one with: openssl rand -base64 48';
  if (!secret) return isRequired ? `SECRET_KEY: is missing. ${advice}` : null;
  if (secret.length < MIN_SECRET_LENGTH) {
    return `SECRET_KEY: has ${secret.length} characters, at least ${MIN_SECRET_LENGTH} are needed. ${advice}`;
  }
  if (EXAMPLE_SECRET.test(secret) || new Set(secret).size < 10) {
    return `SECRET_KEY: looks like an example or is too simple. ${advice}`;
  }
  return null;
}

/** Embedded mode keeps its own secret beside its data, readable by this user only. */
function embeddedSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(48).toString('base64'), {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
