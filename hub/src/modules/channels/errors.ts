import type { Problems } from "@weft/kernel";

export type ChannelsError =
  | { code: "channels.unknown"; channelId: string }
  | { code: "channels.key_unknown"; keyId: string }
  | { code: "channels.code_taken" }
  | { code: "channels.entity_unknown"; entityId: string }
  | { code: "channels.place_unknown"; placeId: string }
  | { code: "channels.group_unknown"; groupId: string }
  | { code: "channels.level_as_is"; level: string }
  | { code: "channels.level_changing"; levelChangeId: string }
  | { code: "channels.level_change_unknown"; levelChangeId: string };

export const CHANNELS_PROBLEMS: Problems<ChannelsError> = {
  "channels.unknown": { status: 404, title: "There is no such channel" },
  "channels.key_unknown": { status: 404, title: "This channel has no such living key" },
  "channels.code_taken": { status: 409, title: "Another channel has this code" },
  "channels.entity_unknown": { status: 422, title: "There is no such legal entity" },
  "channels.place_unknown": { status: 422, title: "There is no such place of this legal entity" },
  "channels.group_unknown": { status: 422, title: "There is no such group of places" },
  "channels.level_as_is": { status: 409, title: "The channel has this level already" },
  "channels.level_changing": { status: 409, title: "Another change of a level is under way: wait until it is done" },
  "channels.level_change_unknown": { status: 404, title: "There is no such change of a level" },
};
