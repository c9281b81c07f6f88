// breaks: nobody-imports-a-view
export { availableByPlace } from "../../views/product-list/query.ts";
