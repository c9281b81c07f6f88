export { rule } from "../stock/domain.ts";
