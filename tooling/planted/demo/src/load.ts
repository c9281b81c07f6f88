// breaks: outsiders-come-over-http
export { availableByPlace } from "../../hub/src/modules/stock/queries.ts";
