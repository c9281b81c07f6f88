// breaks: level-3-calls-only-lower
export { carts } from "../carts/index.ts";
