// breaks: level-9-calls-only-lower
export { integrations } from "../integrations/index.ts";
