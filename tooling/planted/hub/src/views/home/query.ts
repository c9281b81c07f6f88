// breaks: views-enter-by-the-door
export { holdStock } from "../../modules/stock/commands.ts";
