// breaks: level-6-calls-only-lower
export { checkout } from "../checkout/index.ts";
