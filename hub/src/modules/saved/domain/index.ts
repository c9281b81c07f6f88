export { applyToList, type ItemOption, type ListChange, type ListChanged, type ListId, type ListItem, type WantedChange } from "./list.ts";
export { isHeld, isTrue, type Offered, type WaitingWish, type WishFacts, type WishId, type WishKind } from "./wish.ts";
