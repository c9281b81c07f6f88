import type { RequirementView } from "@weft/contracts/client";
import { expect, it } from "vitest";
import { blocking, keepsFromCheckout } from "./requirements.ts";

const requirements = ["delivery.address_missing", "delivery.method_missing", "stock.insufficient", "customer.contact_missing"].map(
  (code): RequirementView => ({ code, lineId: null }),
);
const codes = (found: readonly RequirementView[]) => found.map(({ code }) => code);

it("[CKO-2] where a parcel goes and by which way is asked on the checkout page, so the cart lets through to it, and the order waits for it", () => {
  expect(codes(keepsFromCheckout(requirements))).toEqual(["stock.insufficient"]);
  expect(codes(blocking(requirements))).toEqual(["delivery.address_missing", "delivery.method_missing", "stock.insufficient"]);
});
