// breaks: platform-knows-no-module
export { rule } from "../modules/stock/domain.ts";
