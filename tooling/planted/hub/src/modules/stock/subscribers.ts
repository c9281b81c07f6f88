export { OrderPlaced } from "../orders/events.ts";
