// breaks: through-the-index
export { availableByPlace } from "../stock/queries.ts";
