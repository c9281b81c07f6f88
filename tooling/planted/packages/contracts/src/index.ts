export { kernel } from "../../kernel/src/index.ts";
