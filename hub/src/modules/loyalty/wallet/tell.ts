import { addJob, job, on, subscriber, type Ctx, type Job, type JobContext, type Subscriber } from "../../../platform/index.ts";
import { CustomerLinked, CustomerUnlinked } from "../../customers/events.ts";
import { OrderClaimed, OrderPlaced } from "../../orders/events.ts";
import {
  PartnerPoints,
  PointsBurned,
  PointsExpired,
  PointsGivenBack,
  PointsGranted,
  PointsTakenBack,
  PointsTransferred,
  ReferralThanked,
  TierChanged,
} from "../events.ts";
import { walletCardOf } from "./card-of.ts";
import { devicesOf, endedPasses, forgetPass, passById, ripePasses, touchPasses, unregisterDevice } from "./passes.ts";
import type { PassId, Wallets } from "./ports.ts";

type Told = { readonly passId: PassId };

/** What tells the wallets of changes: who listens, and the jobs that call out. Nothing at all where no wallet is set up. */
export function walletTellers(wallets: Wallets): { readonly subscribers: readonly Subscriber[]; readonly jobs: readonly Job[] } {
  if (!wallets.apple && !wallets.google) return { subscribers: [], jobs: [] };
  const tell = job("loyalty.tell_wallet", (desk, { passId }: Told) => tellWallet(desk, wallets, passId));
  return { subscribers: [listener(tell)], jobs: [tell, ripeJob(tell), endJob(wallets)] };
}

/** Every fact after which a card shows something else [LOY-24]. Within about a second, and again until the wallet was told. */
function listener(tell: Job<Told>): Subscriber {
  const changed = (ctx: Ctx, recordIds: readonly (string | null)[]): Promise<void> => tellChanged(ctx, tell, recordIds);
  return subscriber("loyalty.wallets", [
    on(OrderPlaced, (ctx, { data }) => changed(ctx, data.points > 0 ? [data.recordId] : [])),
    on(OrderClaimed, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PartnerPoints, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PointsBurned, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PointsExpired, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PointsGivenBack, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PointsGranted, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PointsTakenBack, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(PointsTransferred, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(ReferralThanked, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(TierChanged, (ctx, { data }) => changed(ctx, [data.recordId])),
    on(CustomerLinked, (ctx, { data }) => changed(ctx, data.recordIds)),
    on(CustomerUnlinked, (ctx, { data }) => changed(ctx, data.recordIds)),
  ]);
}

async function tellChanged(ctx: Ctx, tell: Job<Told>, recordIds: readonly (string | null)[]): Promise<void> {
  const known = recordIds.filter((recordId) => recordId !== null);
  for (const { id } of await touchPasses(ctx, known)) await addJob(ctx, tell, { passId: id }, { key: `wallet pass ${id}` });
}

/** What the clock alone changes: points that waited and can be used now. A pass that was told of them is not ripe any more. */
const ripeJob = (tell: Job<Told>): Job =>
  job(
    "loyalty.ripe_passes",
    async (desk) => {
      for (let ripe = await ripePasses(desk.read); ripe.length > 0; ripe = await ripePasses(desk.read)) {
        const now = ripe;
        await desk.write((ctx) => tellChanged(ctx, tell, now));
      }
    },
    { cron: "*/5 * * * *" },
  );

/** Tells one wallet. What throws is tried again by the queue, so nobody misses a change because a wallet was away. */
async function tellWallet(desk: JobContext, { apple, google }: Wallets, passId: PassId): Promise<void> {
  const pass = await passById(desk.read, passId);
  if (!pass) return;
  if (pass.wallet === "apple" && apple) {
    const devices = await devicesOf(desk.read, passId);
    const told = await Promise.allSettled(devices.map(({ pushToken }) => apple.push(pushToken)));
    for (const [at, { deviceId }] of devices.entries()) {
      const answer = told[at];
      if (answer?.status === "fulfilled" && answer.value === "gone") await desk.write((ctx) => unregisterDevice(ctx, deviceId, passId));
    }
    if (told.some(({ status }) => status === "rejected")) throw new Error("Apple's push service did not take a push"); // the queue tries again
  }
  const card = pass.wallet === "google" && google ? await walletCardOf(desk.read, pass) : null;
  if (card) await google?.update(card);
}

/** Empties at Google what stood for people who were erased; without an account it cannot be reached, and waits. */
const endJob = ({ google }: Wallets): Job =>
  job(
    "loyalty.end_passes",
    async (desk) => {
      if (!google) return;
      for (const passId of await endedPasses(desk.read)) {
        await google.end(passId);
        await desk.write((ctx) => forgetPass(ctx, passId));
      }
    },
    { cron: "*/5 * * * *" },
  );
