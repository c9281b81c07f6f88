// breaks: level-5-calls-only-lower
export { fulfillment } from "../fulfillment/index.ts";
