import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../backend/contracts/activities.ts';
import type { StageEvent } from '../../../backend/contracts/pipelines.ts';
import { mergeTimeline } from '../../../widgets/console/records/timeline-entries.ts';

const activity = (day: number): Activity => ({
  id: `a${day}`,
  type: 'call',
  subject: `Call ${day}`,
  body: null,
  outcome: null,
  durationMinutes: null,
  occurredAt: `2026-03-${String(day).padStart(2, '0')}T10:00:00Z`,
  author: null,
});
const event = (day: number): StageEvent => ({
  id: `e${day}`,
  at: `2026-03-${String(day).padStart(2, '0')}T12:00:00Z`,
  from: null,
  to: { id: 's', name: 'New', kind: 'open' },
  actor: null,
});
const idsOf = (entries: ReturnType<typeof mergeTimeline>) =>
  entries.map((entry) => (entry.kind === 'activity' ? entry.activity.id : entry.event.id));

describe('mergeTimeline', () => {
  it('puts activities and stage events in one order, the newest first', () => {
    expect(idsOf(mergeTimeline([activity(9), activity(3)], [event(1), event(5)], false))).toEqual([
      'a9',
      'e5',
      'a3',
      'e1',
    ]);
  });

  it('holds back what is older than the activities still to come, so that more only adds at the end', () => {
    const first = idsOf(mergeTimeline([activity(9), activity(6)], [event(1), event(7)], true));
    const all = idsOf(mergeTimeline([activity(9), activity(6), activity(2)], [event(1), event(7)], false));
    expect(first).toEqual(['a9', 'e7', 'a6']);
    expect(all.slice(0, first.length)).toEqual(first);
  });
});
