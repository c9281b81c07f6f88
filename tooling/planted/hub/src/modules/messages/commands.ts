// breaks: level-8-calls-only-lower
export { till } from "../till/index.ts";
