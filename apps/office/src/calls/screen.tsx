import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CartView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { LiveCart } from "../customer/live-cart.tsx";
import { cartQuery } from "../customer/queries.ts";
import { callsRoute } from "../routes.tsx";
import { useStaff } from "../session/session.ts";
import { t } from "../t.ts";

/** A shopper is on the phone: by the code that they read out one joins their cart, and leaves it again. */
export function CallsScreen() {
  const { cart } = callsRoute.useSearch();
  return (
    <Page title={t("office.calls.title")}>
      <p className={form.quiet}>{t("office.calls.text")}</p>
      {cart === undefined ? <Join /> : <Joined cartId={cart} />}
    </Page>
  );
}

function Join() {
  const [code, setCode] = useState("");
  const navigate = callsRoute.useNavigate();
  const queries = useQueryClient();
  const join = useMutation({
    mutationFn: () => api.ask("carts.joinCall", { params: { code } }),
    onSuccess: (cart) => {
      queries.setQueryData(["cart", cart.id], cart);
      return navigate({ search: { cart: cart.id } });
    },
    onError: () => setCode(""),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    join.mutate();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        size="md"
        w="10rem"
        label={t("office.calls.code")}
        value={code}
        inputMode="numeric"
        autoComplete="off"
        pattern="\d{4}"
        maxLength={4}
        required
        onChange={({ currentTarget }) => setCode(currentTarget.value.replaceAll(/\D/g, ""))}
      />
      {join.error ? <ProblemNote error={join.error} /> : null}
      <Button type="submit" mt="sm" loading={join.isPending}>
        {t("office.calls.join")}
      </Button>
    </form>
  );
}

function Joined({ cartId }: { readonly cartId: string }) {
  const staff = useStaff();
  const navigate = callsRoute.useNavigate();
  const cart = useQuery(cartQuery(cartId));
  const own = cart.data?.holders.find(({ kind, mode, name }) => kind === "staff" && mode === "joined" && name === staff?.name);
  const leave = useAct((holderId: string) => api.ask("carts.leave", { params: { id: cartId, holderId } }), [["cart", cartId]]);
  const end = (): void => {
    if (own) leave.mutate(own.id);
    void navigate({ search: {} });
  };
  return (
    <>
      {cart.data && !own ? <p role="status">{t("office.calls.over")}</p> : null}
      {own ? <LiveCart cartId={cartId} /> : null}
      {own && cart.data ? <Add cart={cart.data} /> : null}
      {cart.data?.customer ? (
        <p>
          <Link to="/customers/$id" params={{ id: cart.data.customer.id }}>
            {t("office.calls.customer")}
          </Link>
        </p>
      ) : null}
      <Button variant="default" onClick={end}>
        {t("office.calls.leave")}
      </Button>
    </>
  );
}

function Add({ cart }: { readonly cart: CartView }) {
  const [sku, setSku] = useState("");
  const add = useAct(
    async (typed: string) => {
      const found = (await api.ask("products.list", { query: { query: typed, limit: 1, ...(cart.place && { storeId: cart.place.id }) } }))
        .items[0];
      const operation = {
        id: newId(),
        kind: "add",
        sku: found?.defaultSku ?? typed,
        quantity: 1,
        ...(cart.place && { placeId: cart.place.id }),
      } as const;
      return api.ask("carts.operate", { params: { id: cart.id }, body: { operations: [operation] } });
    },
    [["cart", cart.id]],
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(sku.trim());
    setSku("");
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        maw="24rem"
        label={t("office.calls.sku")}
        value={sku}
        required
        maxLength={64}
        onChange={({ currentTarget }) => setSku(currentTarget.value)}
      />
      <Button type="submit" my="sm" loading={add.isPending}>
        {t("office.calls.add")}
      </Button>
    </form>
  );
}
