export { rule } from "../../../hub/src/modules/stock/domain.ts";
