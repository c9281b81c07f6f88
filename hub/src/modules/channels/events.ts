import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const level = z.enum(["siloed", "handover", "linked"]);

/** A channel was added or changed. Subject: `channel/<id>`. */
export const ChannelChanged = defineEvent("channel.changed.v1", z.object({ channelId: z.string() }));

/** A key was made or revoked. At once: every node drops what it knew of the channel's keys. Subject: `channel/<id>`. */
export const ChannelKeysChanged = defineEvent("channel_keys.changed.v1", z.object({ channelId: z.string() }));

/** A channel has another link level, from this moment on for everybody. Subject: `channel/<id>`. */
export const ChannelLevelChanged = defineEvent(
  "channel.level_changed.v1",
  z.object({ channelId: z.string(), before: level, after: level }),
);
