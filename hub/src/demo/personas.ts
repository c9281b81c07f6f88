import { demoChain } from "@weft/demo";
import type { DemoPersona } from "../modules/access/index.ts";
import type { TourStage } from "../modules/tour/index.ts";

/** The people of the front door, as the demo's data has them: Léa in the shop, Jordi at the first till of his store, Anna in the office. */
export function demoPersonas(): Readonly<Record<"lea" | "jordi" | "anna", DemoPersona>> {
  // Ids do not depend on the size of the chain or on its day; Léa is the first customer.
  const chain = demoChain({ customers: 1, until: new Date(0) });
  const shop = chain.channels.find(({ kind }) => kind === "web");
  const [lea] = [...chain.customers].flat();
  const record = lea?.records.find(({ channelId }) => channelId === shop?.id) ?? lea?.records[0];
  const jordi = chain.staff.find(({ persona }) => persona === "jordi");
  const anna = chain.staff.find(({ persona }) => persona === "anna");
  const register = chain.registers.find(({ placeId }) => placeId === jordi?.placeIds[0]);
  if (!record || !jordi || !anna || !register) throw new Error("the demo has lost one of its people");
  return {
    lea: { kind: "customer", recordId: record.id },
    jordi: { kind: "staff", staffId: jordi.id, till: { placeId: register.placeId, registerId: register.id, name: register.name } },
    anna: { kind: "staff", staffId: anna.id, till: null },
  };
}

/** Where the tour plays: at the store of Jordi, who serves every visitor. */
export function tourStage(): TourStage {
  const jordi = demoChain({ customers: 1, until: new Date(0) }).staff.find(({ persona }) => persona === "jordi");
  const placeId = jordi?.placeIds[0];
  if (!jordi || !placeId) throw new Error("the demo has lost its cashier");
  return { placeId, staffId: jordi.id, staffName: jordi.name };
}
