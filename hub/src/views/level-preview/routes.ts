import { err, ok, type ChannelId } from "@weft/kernel";
import { read, type Route } from "../../platform/index.ts";
import { visibleFields } from "../../modules/access/index.ts";
import { CHANNELS_PROBLEMS, channelOf } from "../../modules/channels/index.ts";
import { previewLevel } from "./query.ts";

/** The dry run of a switch: what becomes one or several, counted over all modules, and a few of the people it is about. */
export const levelPreviewRoutes: readonly Route[] = [
  read(
    "channels.previewLevel",
    async (ctx, { params, query }) => {
      const channelId = params.id as ChannelId; // an id by the contract
      const channel = await channelOf(ctx, channelId);
      if (!channel) return err({ code: "channels.unknown", channelId });
      const effect = effectOf(channel.linkLevel, query.level);
      const { samples: people, ...counts } = await previewLevel(ctx, channelId, effect);
      const seesNames = visibleFields(ctx.actor).has("contact");
      const samples = people.map((person) => (seesNames ? person : { ...person, name: null }));
      return ok({ channelId, from: channel.linkLevel, to: query.level, effect, ...counts, samples });
    },
    {
      problems: CHANNELS_PROBLEMS,
      isLong: true,
      audit: (_input, { samples }) => (samples[0] ? `level preview, first customer/${samples[0].customerId}` : null),
    },
  ),
];

/** Only linked channels show people together: between the two lower levels nobody becomes one or two. */
function effectOf(from: string, to: string): "unites" | "splits" | "none" {
  if (from === to || (from !== "linked" && to !== "linked")) return "none";
  return to === "linked" ? "unites" : "splits";
}
