// careless: view-commands

export { holdStock } from "../../modules/stock/index.ts";
