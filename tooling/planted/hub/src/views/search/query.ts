// breaks: a-view-stands-alone
export { availableByPlace } from "../product-list/query.ts";
