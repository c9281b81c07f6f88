export { availableByPlace } from "../../modules/stock/index.ts";
