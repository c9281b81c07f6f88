export { startEventLog, type EventLog } from "./event-log.ts";
export type { LoggedEvent } from "./follower.ts";
export { publish } from "./publish.ts";
export { deadLetterRoutes } from "./routes.ts";
export { startSubscribers, type SubscriberRunner } from "./runner.ts";
export { on, setSubscriber, subscriber, type Handler, type Reaction, type SetHandler, type Subscriber } from "./subscriber.ts";
