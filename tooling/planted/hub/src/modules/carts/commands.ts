// breaks: level-4-calls-only-lower
export { orders } from "../orders/index.ts";
