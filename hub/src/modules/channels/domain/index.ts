export { ABILITIES, type Ability } from "./abilities.ts";
export { carries, lowerLevel, type Carriage, type Proof, type SeamEnd, type Terms } from "./carries.ts";
export { displayOf, isDemoKey, keyValue, kindOfKey, type KeyKind } from "./keys.ts";
export { NO_CHANNEL, seamEnd, type ChannelLevels, type PlaceLevel } from "./levels.ts";
