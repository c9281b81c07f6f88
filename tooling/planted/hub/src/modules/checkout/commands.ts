// breaks: level-7-calls-only-lower
export { returns } from "../returns/index.ts";
