// breaks: apps-import-no-server-code
export { availableByPlace } from "../../../hub/src/modules/stock/queries.ts";
