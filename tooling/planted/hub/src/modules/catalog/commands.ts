// breaks: level-1-calls-only-lower
export { pricing } from "../pricing/index.ts";
