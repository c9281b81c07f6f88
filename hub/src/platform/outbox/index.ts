export { publish } from "./publish.ts";
export { on, subscriber, type Handler, type Reaction, type Subscriber } from "./subscriber.ts";
