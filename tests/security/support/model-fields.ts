import { globSync, readFileSync } from 'node:fs';

/** The name of every field of every model of the database. */
export function modelFields(): string[] {
  const names = new Set<string>();
  for (const file of globSync('prisma/*.prisma')) {
    for (const [, body = ''] of readFileSync(file, 'utf8').matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
      for (const [, name = ''] of body.matchAll(/^ {2}(\w+)\s+\w/gm)) names.add(name);
    }
  }
  return [...names].sort();
}

/** What attackers add to a body in the hope that somebody copies it over. */
export const nastyFields: readonly string[] = [
  'isAdmin',
  'is_admin',
  'admin',
  'role_id',
  'roles',
  'scope',
  'password',
  'password_hash',
  'hash',
  'owner_id',
  'team_id',
  'deleted_at',
  'via',
  'principal',
  'actor',
  '$set',
  '$where',
  '_id',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'connect',
  'create',
  'update',
];

/** In whatever is smuggled in: never to be found in what was written. */
export const MARKER = '5a5a5a5a-5a5a-7a5a-8a5a-5a5a5a5a5a5a';

/** JSON of an object with one field more, also where JavaScript would not let one write it. */
export function withFields(base: object, names: readonly string[]): string {
  const more = names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(MARKER)}`).join(',');
  const text = JSON.stringify(base);
  return text === '{}' ? `{${more}}` : `${text.slice(0, -1)},${more}}`;
}
