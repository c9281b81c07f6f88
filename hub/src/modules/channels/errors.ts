import type { Problems } from "@weft/kernel";

export type ChannelsError =
  | { code: "channels.unknown"; channelId: string }
  | { code: "channels.key_unknown"; keyId: string }
  | { code: "channels.code_taken" }
  | { code: "channels.entity_unknown"; entityId: string }
  | { code: "channels.place_unknown"; placeId: string };

export const CHANNELS_PROBLEMS: Problems<ChannelsError> = {
  "channels.unknown": { status: 404, title: "There is no such channel" },
  "channels.key_unknown": { status: 404, title: "This channel has no such living key" },
  "channels.code_taken": { status: 409, title: "Another channel has this code" },
  "channels.entity_unknown": { status: 422, title: "There is no such legal entity" },
  "channels.place_unknown": { status: 422, title: "There is no such place of this legal entity" },
};
