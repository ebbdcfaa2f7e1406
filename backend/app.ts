import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import type { Principal } from './access/index.ts';
import { activityRoutes, calendarFeedRoutes } from './activities/index.ts';
import { analyticsRoutes, type SharedEngine } from './analytics/index.ts';
import { auditRoutes } from './audit/index.ts';
import { automationRoutes } from './automation/index.ts';
import { createCustomers } from './customers/index.ts';
import { dashboardRoutes } from './dashboards/index.ts';
import type { Dependencies } from './dependencies.ts';
import { duplicateRoutes } from './duplicates/index.ts';
import { createEmbed } from './embed/index.ts';
import { exportRoutes } from './exports/index.ts';
import {
  type AnyRoute,
  apiNotFound,
  createIdempotency,
  mountRoutes,
  openApiDocument,
  problemHandler,
} from './http/index.ts';
import { type Identity, rightsBeyond } from './identity/index.ts';
import { importRoutes } from './imports/index.ts';
import { jobRoutes } from './jobs/index.ts';
import { createLeads } from './leads/index.ts';
import { type EventBus, type EventStreams, eventRoutes, notificationRoutes } from './notify/index.ts';
import { mailRoutes } from './notify/mail/index.ts';
import { type HealthCheck, type Metrics, observeRequests, opsRouter } from './observability/index.ts';
import { createOpportunities } from './opportunities/index.ts';
import { dataHeaders, pageHeaders } from './page-headers.ts';
import { fieldRoutes, pipelineRoutes } from './pipeline/index.ts';
import { bulkTargets, recordsRoutes } from './records/index.ts';
import { salesRoutes } from './sales/index.ts';
import { staticPages } from './static-pages.ts';
import { systemRoutes } from './system/index.ts';
import { viewRoutes } from './views/index.ts';

export interface AppDependencies extends Dependencies {
  identity: Identity;
  analytics: Pick<SharedEngine, 'engine' | 'status'>;
  bus: EventBus;
  streams: EventStreams;
  metrics: Metrics;
  checks: Readonly<Record<string, HealthCheck>>;
  isStopping(): boolean;
  /** built console, elements and pages */
  pagesFolder: string;
  version: string;
}

const REQUEST_ID = /^[\w.-]{8,64}$/;

/** Takes over a proxy's request id when it is harmless, else makes one; answers it with every response. */
const requestIds: RequestHandler = (req, res, next) => {
  const given = req.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  res.locals.requestId = id;
  res.setHeader('X-Request-Id', id);
  next();
};

/** Every endpoint of the API with what it needs; also the source of the OpenAPI document. */
function createRoutes(
  deps: AppDependencies,
  authenticate: (req: IncomingMessage) => Promise<Principal | null>,
  embedRoutes: AnyRoute[],
): AnyRoute[] {
  const customers = createCustomers(deps);
  const { opportunities, moves: opportunityMoves, routes: opportunityRoutes } = createOpportunities(deps);
  const { leads, moves: leadMoves, routes: leadRoutes } = createLeads(deps, { ...customers, opportunities });
  const manyRecords = recordsRoutes(
    deps,
    bulkTargets({
      ...{ leads, leadMoves, opportunities, opportunityMoves },
      ...{ accounts: customers.accounts, contacts: customers.contacts },
    }),
  );
  // The router tries them in this order: what is called most stands first.
  return [
    ...leadRoutes,
    ...opportunityRoutes,
    ...deps.identity.routes,
    ...embedRoutes,
    ...customers.routes,
    ...manyRecords,
    ...viewRoutes(deps),
    ...pipelineRoutes(deps),
    ...fieldRoutes(deps),
    ...duplicateRoutes(deps),
    ...activityRoutes(deps),
    ...calendarFeedRoutes({ ...deps, loadPrincipal: (userId) => deps.identity.loadPrincipal(userId, 'system', null) }),
    ...salesRoutes(deps),
    ...analyticsRoutes(deps),
    ...dashboardRoutes(deps),
    ...exportRoutes(deps),
    ...importRoutes(deps),
    ...auditRoutes(deps),
    ...automationRoutes(deps),
    ...jobRoutes({ db: deps.database }),
    ...mailRoutes(deps, rightsBeyond),
    ...notificationRoutes(deps),
    ...systemRoutes(deps),
    ...eventRoutes({ bus: deps.bus, streams: deps.streams, authenticate }),
  ];
}

export interface App {
  express: Express;
  routes: readonly AnyRoute[];
}

/** Wires the HTTP side; listens to nothing. */
export function createApp(deps: AppDependencies): App {
  const { config, database, logger, metrics } = deps;
  const embed = createEmbed(deps, deps.identity);
  // A bearer credential and the console's cookie are never mixed: the header decides which one counts.
  const authenticate = async (req: IncomingMessage): Promise<Principal | null> =>
    req.headers.authorization === undefined
      ? deps.identity.authenticateSession(req)
      : ((await deps.identity.authenticateApiKey(req)) ?? embed.authenticateToken(req));
  const routes = createRoutes(deps, authenticate, embed.routes);

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);
  app.use(requestIds);
  app.use(observeRequests({ metrics, logger }));
  const api = express.Router();
  mountRoutes(api, routes, { authenticate, idempotency: createIdempotency(database) });
  app.use('/api/v1', dataHeaders, embed.cors, api, apiNotFound);

  app.use(
    opsRouter({ logger, metrics, metricsKey: config.metricsKey, checks: deps.checks, isStopping: deps.isStopping }),
  );

  const document = JSON.stringify(openApiDocument(routes, deps.version));
  app.get('/api/openapi.json', dataHeaders, (_req, res) => {
    res.type('json').send(document);
  });
  app.use('/api', pageHeaders(config), (req, res, next) => {
    if (req.path === '/docs') res.sendFile('docs.html', { root: deps.pagesFolder });
    else next();
  });
  app.use('/api', apiNotFound);
  app.use(staticPages(deps.pagesFolder, config));
  app.use(problemHandler(logger));
  return { express: app, routes };
}
