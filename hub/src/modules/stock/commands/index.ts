export { setAhead, stockJobs, waitInCart, waitInOrder, type WantedWait } from "./ahead.ts";
export { askFor, declineAsked, sendAsked, type AskedUnits } from "./asked.ts";
export { countLines, discardDocument, postCount, startCount } from "./count.ts";
export { enterStock, receiveStock, type StockReceipt } from "./enter-stock.ts";
export { receiveDelivery, wasteGoods } from "./goods-in-and-out.ts";
export { noteParts, returnedInParts, type ReturnedLine } from "./parts.ts";
export { setSafety } from "./set-safety.ts";
export { dispatchTransfer, receiveTransfer } from "./transfer.ts";
