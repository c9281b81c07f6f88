import { asId, type RecordId } from "@weft/kernel";
import { on, subscriber, type Subscriber } from "../../platform/index.ts";
import { ConsentWithdrawn } from "../consent/events.ts";
import { keepAnswered } from "./commands.ts";

/** An objection that somebody made by a switch holds already; that it was made is kept with the other requests [PRV-4]. May be seconds late. */
export const privacySubscribers: readonly Subscriber[] = [
  subscriber("privacy.objections", [
    on(ConsentWithdrawn, async (ctx, { data: { recordId, purpose } }) => {
      if (purpose === "joining" || purpose === "profiling") await keepAnswered(ctx, asId<RecordId>(recordId), "objection");
    }),
  ]),
];
