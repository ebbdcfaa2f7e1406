import type { Activity, RichNode } from '../contracts/activities.ts';
import { plainTextOf, richTextOf, withNames } from './rich-text/tree.ts';

/** The text of an activity as a tree, whichever way it was written. */
export function contentOf({
  body,
  bodyFormat,
  mentions,
}: Pick<Activity, 'body' | 'bodyFormat' | 'mentions'>): RichNode[] {
  if (body === null) return [];
  if (bodyFormat === 'text') return plainTextOf(body);
  return withNames(richTextOf(body), new Map(mentions.map(({ id, name }) => [id, name])));
}
