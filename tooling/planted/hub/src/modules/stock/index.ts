export { holdStock } from "./commands.ts";
export { availableByPlace } from "./queries.ts";
