import type { Activity } from '../../../backend/contracts/activities.ts';
import type { StageEvent } from '../../../backend/contracts/pipelines.ts';

/** What happened to a record: something a person logged, or a change of stage. */
export type TimelineEntry =
  | { kind: 'activity'; at: string; activity: Activity }
  | { kind: 'stage'; at: string; event: StageEvent };

/**
 * Activities and stage events in one list, the newest first. While older activities are still to be loaded, stage
 * events older than the oldest shown are held back, so that loading more only ever adds at the end.
 */
export function mergeTimeline(
  activities: readonly Activity[],
  events: readonly StageEvent[],
  hasMoreActivities: boolean,
): TimelineEntry[] {
  const oldest = hasMoreActivities ? activities.at(-1)?.occurredAt : undefined;
  const entries: TimelineEntry[] = [
    ...activities.map((activity) => ({ kind: 'activity' as const, at: activity.occurredAt, activity })),
    ...events
      .filter(({ at }) => oldest === undefined || at >= oldest)
      .map((event) => ({ kind: 'stage' as const, at: event.at, event })),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
