import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import { FindCustomer, type Chosen } from "../common/find-customer.tsx";
import form from "../common/form.module.css";
import { useOwnPlaceOptions } from "../common/places.ts";
import { fullName } from "../common/text.ts";
import { customerQuery } from "../customer/queries.ts";
import { t } from "../t.ts";

type Props = { readonly customerId: string | undefined; readonly onClose: () => void };

/** A cart is begun: for whom, if anybody is known, and where it is to be handed over. */
export function NewCartBeside({ customerId, onClose }: Props) {
  const places = useOwnPlaceOptions();
  const navigate = useNavigate();
  const given = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== undefined }).data;
  const [picked, setPicked] = useState<Chosen | null>();
  const [place, setPlace] = useState("");
  const [key] = useState(newKey);
  const customer =
    picked === undefined && given ? { id: given.id, name: fullName(given) || t("office.customer.unnamed") } : (picked ?? null);
  const placeId = place || (places[0]?.value ?? "");
  const open = useAct(
    () => api.ask("carts.openForCustomer", { body: { customerId: customer?.id ?? null, placeId }, headers: keyHeader(key) }),
    [["offers"]],
  );
  return (
    <Beside title={t("office.offer.new_cart")} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate(undefined, { onSuccess: ({ id }) => void navigate({ to: "/offers/$id", params: { id } }) });
        }}
      >
        {customer ? (
          <p className={form.row}>
            <strong>{customer.name}</strong>
            <Button size="xs" variant="default" onClick={() => setPicked(null)}>
              {t("office.offer.somebody_else")}
            </Button>
          </p>
        ) : (
          <FindCustomer onFound={setPicked} />
        )}
        <NativeSelect
          label={t("office.orders.place")}
          data={places}
          value={placeId}
          onChange={({ currentTarget }) => setPlace(currentTarget.value)}
        />
        <Button type="submit" disabled={placeId === ""} loading={open.isPending}>
          {customer ? t("office.offer.begin_for", { name: customer.name }) : t("office.offer.begin")}
        </Button>
      </form>
    </Beside>
  );
}
