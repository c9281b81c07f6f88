// breaks: level-0-calls-only-lower
export { places } from "../places/index.ts";
