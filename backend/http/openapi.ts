import type { z } from 'zod';
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { problemSchema } from '../contracts/common.ts';
import { problemCatalogue } from './problems.ts';
import type { AnyRoute, RouteAccess } from './route.ts';

const INTRODUCTION =
  'Sales analytics and CRM. Sign in with the console cookie (writes then carry `X-SalesPulse-Request: 1`) or send an API key or an embed access token as a bearer token.';

/** The catalogue of refusals as a Markdown table: what a `code` in an answer means. */
function problemTable(): string {
  const rows = Object.entries(problemCatalogue).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  return `Errors are RFC 9457 problems (\`application/problem+json\`) with one of these codes:\n\n| code | status | meaning |\n|---|---|---|\n${rows.join('\n')}`;
}

/** The OpenAPI 3.1 document of the routes: the truth about the wire. */
export function openApiDocument(routes: readonly AnyRoute[], version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  const document: Parameters<typeof createDocument>[0] = {
    openapi: '3.1.1',
    info: {
      title: 'SalesPulse',
      version,
      description: `${INTRODUCTION}\n\n${problemTable()}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'salespulse_session' },
        embed: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'spk_...' },
      },
    },
    paths,
  };
  return createDocument(document, { override: nameStrings });
}

/** A choice between kinds of strings is a string, said where readers of the document look for a type. */
const nameStrings: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema }) => {
  const kinds = jsonSchema.anyOf ?? [];
  if (kinds.length > 0 && kinds.every((kind) => 'type' in kind && kind.type === 'string')) jsonSchema.type = 'string';
};

function securityOf(access: RouteAccess): Record<string, string[]>[] {
  if (access === 'public') return [];
  return access === 'session' ? [{ session: [] }] : [{ session: [] }, { embed: [] }, { apiKey: [] }];
}

function operation(route: AnyRoute): ZodOpenApiOperationObject {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    ...describeAccess(route.access),
    security: securityOf(route.access),
    ...requestParts(route),
    responses: {
      ...Object.fromEntries(Object.entries(route.responses).map(([status, schema]) => [status, response(schema)])),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  };
}

function describeAccess(access: RouteAccess): { description?: string } {
  if (access === 'public' || access === 'signed-in') return {};
  if (access === 'session') return { description: 'Only in person: with the cookie of the console.' };
  return { description: `Needs the permission \`${access}\`.` };
}

function requestParts(route: AnyRoute): Partial<ZodOpenApiOperationObject> {
  const requestParams = {
    ...(route.params ? { path: route.params as z.ZodObject } : {}),
    ...(route.query ? { query: route.query as z.ZodObject } : {}),
  };
  const raw = route.rawBody?.contentTypes.map((type) => [
    type,
    { schema: { type: 'string' as const, format: 'binary' } },
  ]);
  return {
    requestParams,
    ...(route.body
      ? {
          requestBody: {
            content: { 'application/json': { schema: route.body } },
          },
        }
      : {}),
    ...(raw ? { requestBody: { required: true, content: Object.fromEntries(raw) } } : {}),
  };
}

const isMediaTypes = (schema: z.ZodType | readonly string[]): schema is readonly string[] => Array.isArray(schema);

function response(schema: z.ZodType | string | readonly string[] | null) {
  if (schema === null) return { description: 'Done' };
  if (typeof schema === 'string' || isMediaTypes(schema)) {
    const types = typeof schema === 'string' ? [schema] : schema;
    return {
      description: 'The content',
      content: Object.fromEntries(
        types.map((type) => [type, type === 'application/json' ? {} : { schema: { type: 'string' as const } }]),
      ),
    };
  }
  return {
    description: 'The answer',
    content: { 'application/json': { schema } },
  };
}
