export * from "./domain/index.ts";
export { addKeys, changeChannel, endChannel, lockedLevel, setLevel, upsertChannels, type GivenKey, type NewChannel } from "./commands.ts";
export { channelsInvariants } from "./invariants.ts";
export { CHANNELS_PROBLEMS, type ChannelsError } from "./errors.ts";
export { startKeyUse, type KeyUse } from "./key-use.ts";
export {
  allowsOrigin,
  channelAt,
  channelForApp,
  channelOf,
  channelOfKind,
  circledChannels,
  circleOf,
  findKey,
  hasDemoKey,
} from "./queries.ts";
export { channelsRoutes, type ChannelsRouteDeps } from "./routes.ts";
export { carriesBetween, channelsCarrying, seamEndAt, standpointOf, type Standpoint } from "./seams.ts";
export { channelsSnapshot, type Channel, type Channels } from "./snapshot.ts";
