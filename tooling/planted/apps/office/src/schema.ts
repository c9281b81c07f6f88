// breaks: browsers-carry-no-schemas
export { kernel } from "../../../packages/contracts/src/index.ts";
