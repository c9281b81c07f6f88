import { err, ok, type Problems } from "@weft/kernel";
import { read, type Route } from "../../platform/index.ts";
import { availabilityOf } from "./query.ts";

type AvailabilityError = { code: "availability.unknown_sku"; sku: string };
const AVAILABILITY_PROBLEMS: Problems<AvailabilityError> = { "availability.unknown_sku": { status: 404, title: "There is no such SKU" } };

export const availabilityRoutes: readonly Route[] = [
  read(
    "availability.read",
    async (ctx, { query }) => {
      const places = await availabilityOf(ctx, query);
      return places ? ok({ sku: query.sku, places }) : err({ code: "availability.unknown_sku", sku: query.sku });
    },
    { problems: AVAILABILITY_PROBLEMS },
  ),
];
