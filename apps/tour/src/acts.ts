import type { TourView } from "@weft/contracts/client";
import { api } from "./api.ts";
import type { Act, Device } from "./scenes.ts";
import { gone, scanAt, seen, shown, typeInto } from "./stage.ts";

/** The two framed apps of the running scene. */
export type Frames = Readonly<Record<Device, HTMLIFrameElement | null>>;

const SELLING = '[data-tour="find-customer"]';

/** Does what follows a tap by itself, one after the other. Rejects when the scene is left meanwhile. */
export async function perform(acts: readonly Act[], frames: Frames, tour: TourView, signal: AbortSignal): Promise<void> {
  for (const act of acts) {
    signal.throwIfAborted();
    await performOne(act, frames, tour, signal);
  }
}

const ASK_MS = 200;
/** A till that is just coming up may not hear a scan: whoever holds the scanner tries again. */
const SCANS = 3;
const SCAN_MS = 2500;

/** Scans a card until its customer is on the ticket. */
async function scanCard(till: HTMLIFrameElement | null, token: string, signal: AbortSignal): Promise<void> {
  for (let scan = 0; scan < SCANS; scan++) {
    await shown(till, SELLING, signal);
    scanAt(till, token);
    for (const until = Date.now() + SCAN_MS; Date.now() < until;) {
      if (!seen(till, SELLING)) return;
      await new Promise((resolve) => setTimeout(resolve, ASK_MS));
      signal.throwIfAborted();
    }
  }
}

/** Resolves once the hub has the visitor as a customer; rejects when the scene is left. */
async function known(signal: AbortSignal): Promise<void> {
  while (!(await api.ask("tour.read", { signal })).isSignedUp) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    signal.throwIfAborted();
  }
}

async function performOne(act: Act, { phone, till }: Frames, { persona }: TourView, signal: AbortSignal): Promise<void> {
  switch (act.kind) {
    case "go":
      (act.device === "phone" ? phone : till)?.contentWindow?.location.assign(act.path);
      return;
    case "be_known":
      await known(signal);
      return;
    case "type_address":
      typeInto(await shown(till, '[data-tour="customer-search"]', signal), persona.email);
      return;
    case "type_store_address":
      typeInto(await shown(till, '[data-tour="customer-search"]', signal), persona.storeEmail);
      return;
    case "type_order": {
      const { items } = await api.ask("orders.ofCustomer", { params: { id: "me" }, query: { limit: 1 }, signal });
      typeInto(await shown(till, '[data-tour="return-number"]', signal), items[0]?.number ?? "");
      return;
    }
    case "scan_card": {
      const { cardToken } = await api.ask("loyalty.read", { params: { id: "me" }, signal });
      await scanCard(till, cardToken, signal);
      return;
    }
    case "scan_code": {
      const code = await shown(phone, '[data-tour="code"]', signal);
      scanAt(till, (code.textContent ?? "").replaceAll(/\s/g, ""));
      return;
    }
    case "scan_collection": {
      const code = await shown(phone, '[data-tour="collect-code"]', signal);
      await shown(till, SELLING, signal);
      scanAt(till, code.textContent ?? "");
      return;
    }
    case "tap":
      (await shown(act.device === "phone" ? phone : till, act.target, signal)).click();
      return;
    case "gone":
      await gone(act.device === "phone" ? phone : till, act.target, signal);
      return;
    case "arrive":
      await api.ask("tour.arrive", { signal });
  }
}
