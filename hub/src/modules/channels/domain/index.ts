export { ABILITIES, type Ability } from "./abilities.ts";
export { displayOf, isDemoKey, keyValue, kindOfKey, type KeyKind } from "./keys.ts";
