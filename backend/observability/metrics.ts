import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; from a cached read to a large report. */
const HTTP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const JOB_BUCKETS = [0.01, 0.1, 1, 5, 15, 60, 300, 900, 3600];

export interface MetricsOptions {
  /** Seconds that the oldest outbox row has waited; read when somebody collects. */
  outboxLagSeconds?: () => Promise<number>;
  /** open server-sent event streams */
  openStreams?: () => number;
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
  const { outboxLagSeconds, openStreams } = options;
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
