export { applyToList, type ItemOption, type ListChange, type ListChanged, type ListId, type ListItem, type WantedChange } from "./list.ts";
export { isTrue, type WaitingWish, type WishFacts, type WishId, type WishKind } from "./wish.ts";
