import { describe, expect, it } from "vitest";
import { judgeFound, seamsOf, type RecordedTouch } from "./seams.ts";

const ORDER = { id: "o-1", number: "W-1", state: "placed", paymentState: "paid", fulfillmentState: "open" };
const CLOSED = { ...ORDER, state: "closed", fulfillmentState: "fulfilled" };

/** A touch `at` milliseconds after the first, of somebody who is the same everywhere. */
const touch = (at: number, channelId: string, kind: string, shown: RecordedTouch["shown"] = null): RecordedTouch => ({
  recordId: "r-1",
  at,
  id: `t-${at}`,
  channelId,
  kind,
  name: null,
  customerIdThen: "c-1",
  journeyRef: "order/o-1",
  shown,
});
const orderVerdicts = (touches: readonly RecordedTouch[]) => seamsOf(touches).map((seam) => judgeFound(seam, 0).order);

describe("[INS-4] an order that waits to be fetched", () => {
  const ordered = touch(0, "web", "order");

  it("is carried to the counter that hands it over", () => {
    expect(orderVerdicts([ordered, touch(20, "store", "collection")])).toEqual([{ kind: "carried" }]);
  });

  it("is carried also when a message in the moment of the hand-over says that it is closed", () => {
    const mail = touch(19, "email", "message", { order: CLOSED });
    expect(orderVerdicts([ordered, mail, touch(20, "store", "collection")])).toEqual([{ kind: "carried" }, { kind: "carried" }]);
  });

  it("asks for nothing where it was not handed over, once it is closed", () => {
    const seen = touch(30, "web", "shown", { order: CLOSED });
    expect(orderVerdicts([ordered, touch(20, "store", "collection"), seen, touch(40, "app", "page")])).toEqual([
      { kind: "carried" },
      { kind: "not_applicable" },
      { kind: "not_applicable" },
    ]);
  });
});
