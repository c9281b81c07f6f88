import { err, ok, type ChannelId } from "@weft/kernel";
import { livePresenter, read, write, type LivePresenter, type Route } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { CHANNELS_PROBLEMS, type ChannelsError } from "../../channels/index.ts";
import { levelChangeOf, levelChangesOf, switchLevel } from "../commands/switch-level.ts";
import { LevelChangeMoved } from "../events.ts";

const PROBLEMS = { problems: CHANNELS_PROBLEMS };
const unknown = (levelChangeId: string): ChannelsError => ({ code: "channels.level_change_unknown", levelChangeId });

/** A channel's level decides whose records are one customer, so it is switched here. */
export const levelRoutes: readonly Route[] = [
  write(
    "channels.changeLevel",
    async (ctx, { params, body }) => {
      const channelId = params.id as ChannelId; // an id by the contract
      const switched = await switchLevel(ctx, { channelId, level: body.level, reason: body.reason ?? null });
      if (!switched.ok) return switched;
      await auditWrite(ctx, { action: "channels.changeLevel", subject: `channel/${channelId}` });
      const change = await levelChangeOf(ctx, switched.value);
      return change ? ok(change) : err(unknown(switched.value));
    },
    PROBLEMS,
  ),
  read("channels.levelChanges", async (ctx, { params }) => ok({ items: await levelChangesOf(ctx, params.id as ChannelId) }), PROBLEMS), // see above
  read(
    "channels.levelChange",
    async (ctx, { params }) => {
      const change = await levelChangeOf(ctx, params.id);
      return change ? ok(change) : err(unknown(params.id));
    },
    PROBLEMS,
  ),
];

/** A switch and its progress, for those who may switch. */
export const levelChangeLive: LivePresenter = livePresenter({
  kind: "level_change",
  affectedBy: [{ event: LevelChangeMoved, subject: ({ subject }) => subject }],
  authorize: async ({ actor }) => (actor.staff?.roles.some((role) => role === "owner") ? "any" : null),
  async present(ctx, id) {
    const change = await levelChangeOf(ctx, id);
    const steps = { building: 0, turned: 1, done: 2 };
    return change ? { version: change.built * 3 + steps[change.state], patch: change } : null;
  },
});
