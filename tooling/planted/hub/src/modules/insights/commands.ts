// breaks: level-10-calls-only-lower
export { integrations } from "../integrations/index.ts";
