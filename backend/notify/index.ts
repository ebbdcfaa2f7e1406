export { type EventRouteDependencies, eventRoutes } from './event.routes.ts';
export { createEventBus, type EventBus, type LiveEvent } from './event-bus.ts';
export { createEventStreams, type EventStreams } from './event-stream.ts';
export { listenForEvents, publishEvent } from './events.ts';
