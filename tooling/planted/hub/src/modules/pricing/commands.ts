// breaks: level-2-calls-only-lower
export { loyalty } from "../loyalty/index.ts";
