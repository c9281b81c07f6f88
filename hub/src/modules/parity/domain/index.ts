export * from "./facts.ts";
export { judge, judgeThing, type Standing } from "./judge.ts";
export { nameText, pathOf, priceText, titleText, unitsText } from "./texts.ts";
export { readInventoryHead, readInventoryLine, readPageData, readProductItems, type FeedLine, type FeedPart } from "./read-feed.ts";
