export { enterStock, receiveStock, type StockReceipt } from "./enter-stock.ts";
export { setSafety } from "./set-safety.ts";
