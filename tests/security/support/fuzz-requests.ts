import { fc } from '../../support/fast-check.ts';
import { escapePart } from './ask.ts';
import { junk, nastyText, type Schema, valuesOf } from './schema-values.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}
export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

/** A request as it is drawn: ids of records are marks still, the caller is a number. */
export interface Draft {
  /** path in the document */
  template: string;
  method: string;
  caller: number;
  path: string;
  body: string | undefined;
  headers: Record<string, string>;
}

const sometimes = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary });

const headers = fc
  .record({
    'If-Match': sometimes(2, fc.constantFrom('"1"', '"0"', 'W/"1"', '*', '1', '"99999999999"', '', '"x"')),
    'Idempotency-Key': sometimes(2, fc.constantFrom('key-1', 'k'.repeat(300), ' ', "'; --")),
    'Content-Type': sometimes(
      1,
      fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'text/csv', 'nonsense'),
    ),
    'X-SalesPulse-Request': sometimes(1, fc.constantFrom('0', '')),
    Origin: sometimes(1, fc.constantFrom('https://intranet.example.com', 'null', 'https://evil.example')),
  })
  .map(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, string>,
  );

/** Puts something wrong at one place of a value: another value, nothing, or one field more. */
function spoil(value: unknown, wrong: unknown, place: number, way: number): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return wrong;
  if (way === 0) return Array.isArray(value) ? [...value, wrong] : { ...value, [String(wrong)]: wrong };
  const keys = Object.keys(value);
  const key = keys[place % keys.length] ?? '';
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (way === 1) delete copy[key];
  else copy[key] = way % 2 === 0 ? wrong : spoil(copy[key], wrong, Math.floor(place / keys.length), way);
  return copy;
}

const rawBodies = fc.constantFrom(
  '',
  '{',
  '[1,',
  '{"a":1,}',
  'null',
  '"text"',
  '\ufeff{}',
  '{"a":NaN}',
  '{"__proto__":{"isAdmin":true}}',
  '[]',
);

function bodies(schema: Schema, find: (ref: string) => Schema): fc.Arbitrary<string | undefined> {
  const good = valuesOf(schema, find);
  return fc.oneof(
    { weight: 6, arbitrary: good.map((value) => JSON.stringify(value)) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(good, junk, fc.nat({ max: 500 }), fc.nat({ max: 5 }))
        .map((parts) => JSON.stringify(spoil(...parts))),
    },
    { weight: 1, arbitrary: rawBodies },
  );
}

function pathOf(
  template: string,
  parameters: readonly Parameter[],
  find: (ref: string) => Schema,
): fc.Arbitrary<string> {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const values = names.map((name) => {
    const schema = parameters.find((parameter) => parameter.name === name)?.schema ?? { type: 'string' };
    // What an id in a path names stands before it: /leads/{id}
    const noun = name === 'id' ? (/([\w-]+)\/\{id\}/.exec(template)?.[1] ?? '').replace(/\W/g, '_') : name;
    return fc.oneof({ weight: 15, arbitrary: valuesOf(schema, find, noun) }, { weight: 1, arbitrary: nastyText });
  });
  return fc.tuple(...values).map((drawn) => {
    let next = 0;
    return template.replace(/^\/api\/v1/, '').replace(/\{\w+\}/g, () => escapeMarked(String(drawn[next++])) || '-');
  });
}

/** Marks of ids stay as they are. */
const escapeMarked = (text: string): string => (/^@id:\w*:\d+@$/.test(text) ? text : escapePart(text));

const rawQueries = fc.constantFrom(
  '%00',
  'a[b]=c',
  '__proto__[x]=1',
  'limit=%FF',
  'q=%E0%A4%A',
  '&&&',
  'limit=10&limit=20',
  'x'.repeat(3000),
  '=',
);

function queryOf(parameters: readonly Parameter[], find: (ref: string) => Schema): fc.Arbitrary<string> {
  const drawn = parameters.map(({ name, required, schema }) => {
    const value = fc.oneof({ weight: 20, arbitrary: valuesOf(schema, find, name) }, { weight: 1, arbitrary: junk });
    const pairs = value.map((given) =>
      (Array.isArray(given) ? given : [given]).map((one) => {
        const text = typeof one === 'object' ? JSON.stringify(one) : String(one);
        return `${name}=${escapeMarked(text)}`;
      }),
    );
    return required
      ? fc.oneof({ weight: 30, arbitrary: pairs }, { weight: 1, arbitrary: fc.constant([]) })
      : sometimes(3, pairs);
  });
  return fc
    .tuple(fc.tuple(...drawn), sometimes(1, rawQueries))
    .map(([pairs, raw]) => [...pairs.flatMap((pair) => pair ?? []), ...(raw === undefined ? [] : [raw])].join('&'));
}

/** Requests to every operation of the document, in and out of bounds, as somebody whose number `callers` draws. */
export function requests(document: ApiDocument, callers: fc.Arbitrary<number>): fc.Arbitrary<Draft> {
  const find = (ref: string): Schema => document.components.schemas?.[ref.split('/').pop() ?? ''] ?? {};
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const json = requestBody?.content['application/json']?.schema;
      const body = json
        ? bodies(json, find)
        : requestBody
          ? sometimes(8, fc.constantFrom('Name,Source\nAnn,Web\n', '\0', 'a;b\n1;2'))
          : fc.constant(undefined);
      return fc
        .record({
          caller: callers,
          path: pathOf(template, parameters, find),
          query: queryOf(
            parameters.filter((parameter) => parameter.in === 'query'),
            find,
          ),
          body,
          headers,
        })
        .map(
          ({ path, query, ...rest }): Draft => ({
            template,
            method: method.toUpperCase(),
            path: query ? `${path}?${query}` : path,
            ...rest,
          }),
        );
    }),
  );
  return fc.oneof(...operations);
}
