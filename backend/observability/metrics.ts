import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a cached read to a large report. */
const HTTP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const JOB_BUCKETS = [0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600];

/** What is known of the copy of the facts that figures come from. */
export interface AnalyticsFigures {
  /** who answers now */
  engine: 'columnar' | 'sql';
  size: { rows: number; bytes: number } | null;
  freshAt: Date | null;
  differences: number;
  answers: Readonly<Record<'columnar' | 'sql', number>>;
}

export interface MetricsOptions {
  /** Seconds that the oldest outbox row has waited; read when somebody collects. */
  outboxLagSeconds?: () => Promise<number>;
  /** open server-sent event streams */
  openStreams?: () => number;
  analytics?: () => AnalyticsFigures;
  /** Node's own figures (memory, event loop, collections) */
  withProcess?: boolean;
}

/** The figures of this process, in a registry of their own. */
export interface Metrics {
  /** One answered request. `route` is the template (/leads/:id), never the address: labels must stay few. */
  httpRequest(labels: { method: string; route: string; status: number }, seconds: number): void;
  jobFinished(kind: string, outcome: string, seconds: number): void;
  /** The Prometheus text and its media type. */
  expose(): Promise<{ contentType: string; text: string }>;
}

export function createMetrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.withProcess ?? true) collectDefaultMetrics({ register: registry });
  const http = new Histogram({
    name: 'salespulse_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route template.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: HTTP_BUCKETS,
    registers,
  });
  const jobs = new Counter({
    name: 'salespulse_jobs_total',
    help: 'Attempts of background jobs, by kind and outcome (done, failed, retried, interrupted).',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  const jobDuration = new Histogram({
    name: 'salespulse_job_duration_seconds',
    help: 'Time an attempt of a background job took.',
    labelNames: ['kind'] as const,
    buckets: JOB_BUCKETS,
    registers,
  });
  const { outboxLagSeconds, openStreams, analytics } = options;
  if (analytics) addAnalyticsFigures(registry, analytics);
  if (outboxLagSeconds) {
    new Gauge({
      name: 'salespulse_outbox_lag_seconds',
      help: 'How long the oldest job has waited to be handed to the queue.',
      registers,
      async collect() {
        // The other figures are wanted most when the database is away.
        this.set(await outboxLagSeconds().catch(() => Number.NaN));
      },
    });
  }
  if (openStreams) {
    new Gauge({
      name: 'salespulse_event_streams',
      help: 'Open server-sent event streams.',
      registers,
      collect() {
        this.set(openStreams());
      },
    });
  }

  return {
    httpRequest({ method, route, status }, seconds) {
      http.observe({ method, route, status: String(status) }, seconds);
    },
    jobFinished(kind, outcome, seconds) {
      jobs.inc({ kind, outcome });
      jobDuration.observe({ kind }, seconds);
    },
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

function addAnalyticsFigures(registry: Registry, figures: () => AnalyticsFigures): void {
  const registers = [registry];
  const gauge = (name: string, help: string, value: (now: AnalyticsFigures) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value(figures()));
      },
    });
  };
  gauge('salespulse_analytics_store_ready', 'Does the copy of the facts answer? 0: PostgreSQL does.', ({ engine }) =>
    engine === 'columnar' ? 1 : 0,
  );
  gauge('salespulse_analytics_store_rows', 'Facts in the copy.', ({ size }) => size?.rows ?? 0);
  gauge('salespulse_analytics_store_bytes', 'Memory that the copy takes.', ({ size }) => size?.bytes ?? 0);
  gauge(
    'salespulse_analytics_store_age_seconds',
    'How long ago the copy was known to be all of the database.',
    ({ engine, freshAt }) => (engine === 'columnar' && freshAt ? (Date.now() - freshAt.getTime()) / 1000 : Number.NaN),
  );
  new Counter({
    name: 'salespulse_analytics_answers_total',
    help: 'Questions, by who answered.',
    labelNames: ['engine'] as const,
    registers,
    collect() {
      this.reset();
      for (const [engine, count] of Object.entries(figures().answers)) this.inc({ engine }, count);
    },
  });
  new Counter({
    name: 'salespulse_analytics_differences_total',
    help: 'Differences between the copy and the database that checks have found.',
    registers,
    collect() {
      this.reset();
      this.inc(figures().differences);
    },
  });
}
