export {
  type ChangeListener,
  madeBy,
  noteChange,
  RECORD_CHANGED,
  type RecordChange,
  type RecordChangeKind,
  type RecordPlace,
  rulesWaitFor,
} from './changes.ts';
export { type EventRouteDependencies, eventRoutes } from './event.routes.ts';
export { createEventBus, type EventBus, type LiveEvent } from './event-bus.ts';
export { createEventStreams, type EventStreams } from './event-stream.ts';
export { listenForEvents, publishEvent } from './events.ts';
export { openLiveChanges } from './live.ts';
export type { NewNotification } from './new-notification.ts';
export { notificationRoutes } from './notification.routes.ts';
export { postNotification } from './post-notification.ts';
export { createRecordFeed } from './record-feed.ts';
