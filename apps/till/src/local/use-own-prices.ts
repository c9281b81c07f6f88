import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useCatalog } from "../catalog/catalog.ts";
import { tellOfNewCustomer, tellOfShownCard } from "../customer/use-open-customer.ts";
import { useTill } from "../device/till-context.ts";
import { keptActs, useOutboxState } from "../outbox/register-outbox.ts";
import { setPricer, setTicketPlace, setUsedCodes } from "../ticket/ticket.ts";
import { pricerFor } from "../../../../hub/src/modules/till/domain/index.ts";
import { hubKeysQuery } from "./shown-rights.ts";
import { pricesQuery } from "./prices.ts";
import { useBack } from "./use-away.ts";
import { usedSince } from "./used-codes.ts";

/** Keeps this till ready to price by itself, and asks for everything anew once the hub is back. */
export function useOwnPrices(): void {
  const { register, staff } = useTill();
  const catalog = useCatalog(register.placeId).data;
  const prices = useQuery(pricesQuery).data;
  // Asked for while the hub is there: without it they say whose signature a gift card has.
  useQuery({ ...hubKeysQuery, enabled: register.valueMostAlone > 0 });
  // A copy that is only younger prices the same.
  const version = prices?.version;
  // oxlint-disable-next-line react/exhaustive-deps -- the version says all of the prices
  const pricer = useMemo(() => (catalog && prices ? pricerFor(catalog, prices) : undefined), [catalog, version]);
  useEffect(() => setTicketPlace(register.placeId), [register.placeId]);
  useEffect(() => setPricer(pricer, staff.id), [pricer, staff.id]);
  const asOf = prices?.asOf;
  const { waiting } = useOutboxState();
  // Counted anew with every copy, and with every act that is kept or answered.
  useEffect(() => {
    if (asOf !== undefined) void keptActs(register.id).then((acts) => setUsedCodes(usedSince(acts, asOf)));
  }, [asOf, register.id, waiting]);
  const queries = useQueryClient();
  useBack(() => {
    void queries.invalidateQueries();
    void tellOfNewCustomer();
    void tellOfShownCard();
  });
}
