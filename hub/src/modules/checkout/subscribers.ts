import type { Id } from "@weft/kernel";
import { addJob, on, subscriber, type Subscriber } from "../../platform/index.ts";
import { RefundRequested } from "../payments/events.ts";
import { captureSubscribers } from "./capture-at-hand-over.ts";
import { keptCardSubscribers } from "./due/kept-card.ts";
import { refundJob } from "./late-answers.ts";
import { moveLaterSubscriber } from "./move-later.ts";
import type { SettleDeps } from "./settle.ts";

export const checkoutSubscribers = (deps: SettleDeps): readonly Subscriber[] => [
  // Money goes back by a job, because a provider may be slow; the refund's id keeps a second run from paying twice. About 1 s late.
  subscriber("checkout.refund", [
    on(RefundRequested, async (ctx, { data }) => {
      const refundId = data.refundId as Id<"refund">; // published by refundOrder with this very id
      await addJob(ctx, refundJob(deps), { refundId }, { key: `refund ${refundId}` });
    }),
  ]),
  moveLaterSubscriber,
  ...captureSubscribers(deps),
  ...keptCardSubscribers(deps),
];
